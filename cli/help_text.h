#pragma once

#include <string_view>

namespace hallmark::cli {

/// The text of cmd_<name>.md, compiled in.
std::string_view help_text(std::string_view name);

}  // namespace hallmark::cli

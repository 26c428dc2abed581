#pragma once

#include <string>
#include <string_view>

#include "cli/model_signing/commands.h"

namespace hallmark::cli::model_signing {

/// "Usage: model_signing sign key [OPTIONS] MODEL_PATH" and a line end. `path` names the command:
/// "sign key", empty for the program.
std::string usage_line(const CommandForm& command, std::string_view path);

/// The whole help of a command, in lines of at most 80 columns.
std::string help_of(const CommandForm& command, std::string_view path);

}  // namespace hallmark::cli::model_signing

#pragma once

#include <string>
#include <vector>

namespace hallmark::cli {

/// The arguments after the program's name, long options spelled with hyphens: the reference has
/// had `--private_key` as well as `--private-key`. Values and what follows "--" stay as they are.
std::vector<std::string> with_hyphens(int argc, const char* const* argv);

}  // namespace hallmark::cli

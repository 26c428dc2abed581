#include "cli/argument_spelling.h"

#include <algorithm>

namespace hallmark::cli {

std::vector<std::string> with_hyphens(int argc, const char* const* argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  for (std::string& argument : arguments) {
    if (argument == "--") break;
    if (!argument.starts_with("--")) continue;
    const auto name_end = std::find(argument.begin(), argument.end(), '=');
    std::replace(argument.begin(), name_end, '_', '-');
  }
  return arguments;
}

}  // namespace hallmark::cli

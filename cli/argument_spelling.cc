#include "cli/argument_spelling.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace hallmark::cli {
namespace {

constexpr auto kMethods = std::to_array<std::string_view>(
    {"any", "certificate", "key", "pkcs11-certificate", "pkcs11-key", "sigstore"});

bool is_method(std::string_view word) {
  return std::find(kMethods.begin(), kMethods.end(), word) != kMethods.end();
}

}  // namespace

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

std::vector<std::string> with_method(std::vector<std::string> arguments) {
  if (arguments.size() < 2 || arguments.front() != "verify") return arguments;
  const std::string& next = arguments[1];
  if (next == "-h" || next == "--help" || is_method(next)) return arguments;
  // An option before the method is a mistake to be told, not a model called "key".
  const bool option = next.starts_with('-');
  if (option && std::any_of(arguments.begin() + 2, arguments.end(), is_method)) return arguments;
  arguments.insert(arguments.begin() + 1, "any");
  return arguments;
}

}  // namespace hallmark::cli

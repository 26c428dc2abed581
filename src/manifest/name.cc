#include "hallmark/manifest/name.h"

#include <algorithm>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"

namespace hallmark::manifest {
namespace {

tl::unexpected<Error> invalid(std::string_view name, std::string_view why) {
  return fail(Code::kResourceNameInvalid,
              fmt::format("the name '{}' {}", base::escape_for_display(name), why));
}

}  // namespace

Result<void> check_resource_name(std::string_view name) {
  if (name.size() > kLongestName) {
    return fail(Code::kNameTooLong, fmt::format("expected a name of at most {} bytes, found {}",
                                                kLongestName, name.size()));
  }
  if (name.find('\0') != std::string_view::npos) return invalid(name, "has a NUL byte");
  if (name.starts_with('/')) return invalid(name, "is absolute");
  for (std::string_view rest = name;;) {
    const std::size_t slash = rest.find('/');
    const std::string_view component = rest.substr(0, slash);
    if (component.empty()) return invalid(name, "has an empty component");
    if (component == "." || component == "..") {
      return invalid(name, fmt::format("has a '{}' component", component));
    }
    if (slash == std::string_view::npos) return {};
    rest.remove_prefix(slash + 1);
  }
}

bool component_less(std::string_view a, std::string_view b) {
  // The slash, where components end, counts as less than every other byte.
  const auto rank = [](char c) {
    return c == '/' ? 0U : static_cast<unsigned>(static_cast<unsigned char>(c)) + 1U;
  };
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [rank](char x, char y) { return rank(x) < rank(y); });
}

}  // namespace hallmark::manifest

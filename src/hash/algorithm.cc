#include "hallmark/hash/algorithm.h"

#include <fmt/core.h>

#include "hallmark/base/utf8.h"

namespace hallmark::hash {

std::string_view to_string(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::kSha256:
      return "sha256";
  }
  HALLMARK_CHECK(false);
  return {};
}

Result<Algorithm> parse_algorithm(std::string_view name) {
  if (name == "sha256") return Algorithm::kSha256;
  return fail(
      Code::kHashAlgorithmUnsupported,
      fmt::format("expected hash algorithm sha256, found '{}'", base::escape_for_display(name)));
}

std::size_t digest_size(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::kSha256:
      return 32;
  }
  HALLMARK_CHECK(false);
  return 0;
}

}  // namespace hallmark::hash

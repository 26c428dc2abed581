#include "hallmark/hash/algorithm.h"

#include <algorithm>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"

namespace hallmark::hash {
namespace {

struct Row {
  Algorithm algorithm;
  std::string_view name;
  std::size_t digest_size;
  bool registered;
};

constexpr auto kRows = std::to_array<Row>({
    {Algorithm::kSha256, "sha256", 32, true},
    {Algorithm::kSha384, "sha384", 48, false},
    {Algorithm::kSha512, "sha512", 64, false},
    {Algorithm::kBlake2b, "blake2b", 64, true},
    {Algorithm::kBlake3, "blake3", 32, true},
});
static_assert(kRows.size() == kAlgorithms.size());

const Row& row_of(Algorithm algorithm) {
  const auto row = std::find_if(kRows.begin(), kRows.end(),
                                [algorithm](const Row& r) { return r.algorithm == algorithm; });
  HALLMARK_CHECK(row != kRows.end());
  return *row;
}

Result<Algorithm> parse(std::string_view name, bool registered_only) {
  std::string expected;
  for (const Row& row : kRows) {
    if (registered_only && !row.registered) continue;
    if (row.name == name) return row.algorithm;
    expected += fmt::format("{}{}", expected.empty() ? "" : ", ", row.name);
  }
  return fail(Code::kHashAlgorithmUnsupported,
              fmt::format("expected one of the hash algorithms {}, found '{}'", expected,
                          base::escape_for_display(name)));
}

}  // namespace

std::string_view to_string(Algorithm algorithm) { return row_of(algorithm).name; }

Result<Algorithm> parse_algorithm(std::string_view name) {
  return parse(name, /*registered_only=*/false);
}

bool is_registered(Algorithm algorithm) { return row_of(algorithm).registered; }

Result<Algorithm> parse_registered_algorithm(std::string_view name) {
  return parse(name, /*registered_only=*/true);
}

std::size_t digest_size(Algorithm algorithm) { return row_of(algorithm).digest_size; }

}  // namespace hallmark::hash

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hallmark/base/result.h"
#include "hallmark/hash/algorithm.h"
#include "hallmark/manifest/manifest.h"

namespace hallmark::attest {

/// What the member `algorithm` of a resource says. OMS v1.0 has the plain name of the algorithm;
/// the Python reference and the Go client add the shard size: "sha256-sharded-1000000000".
struct HashLabel {
  hash::Algorithm algorithm = hash::Algorithm::kSha256;
  std::optional<std::uint64_t> shard_size;

  friend bool operator==(const HashLabel&, const HashLabel&) = default;
};

/// Reads either form. Fails with kHashAlgorithmUnsupported.
Result<HashLabel> parse_hash_label(std::string_view text);

std::string to_string(const HashLabel& label);

/// The label that all resources of a statement share. It is read once, and judged when it is known
/// how the statement was made.
class SharedLabel {
 public:
  /// Reads the label of the next resource. Fails with kHashAlgorithmMismatch when it is not that of
  /// the first one.
  Result<hash::Algorithm> add(std::string_view text);

  /// Fails with kHashAlgorithmMismatch when the label is not of the manifest's algorithm, or has a
  /// shard size that is not the manifest's.
  [[nodiscard]] Result<void> check(const manifest::Manifest& manifest) const;

 private:
  std::optional<HashLabel> label_;
  std::string text_;
};

}  // namespace hallmark::attest

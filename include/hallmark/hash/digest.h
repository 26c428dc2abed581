#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/hash/algorithm.h"

namespace hallmark::hash {

/// What a hash function gave, with its name; digests of different functions are never equal.
class Digest {
 public:
  /// `bytes` must have the length of the algorithm's digests, else kDigestMalformed.
  static Result<Digest> create(Algorithm algorithm, ByteView bytes);

  /// All bits zero: what stands in the place of a digest that is still to come.
  static Digest zero(Algorithm algorithm) { return Digest(algorithm, {}); }

  /// Reads lower-case hex of exactly the right length. Fails with kDigestMalformed.
  static Result<Digest> parse_hex(Algorithm algorithm, std::string_view hex);

  [[nodiscard]] Algorithm algorithm() const { return algorithm_; }
  [[nodiscard]] ByteView bytes() const { return {bytes_.data(), digest_size(algorithm_)}; }
  [[nodiscard]] std::string hex() const;

  /// "sha256:" or the like, and the hex digits.
  [[nodiscard]] std::string to_string() const;

  friend bool operator==(const Digest&, const Digest&) = default;

 private:
  Digest(Algorithm algorithm, ByteView bytes);

  Algorithm algorithm_;
  std::array<std::uint8_t, kLongestDigest> bytes_{};
};

}  // namespace hallmark::hash

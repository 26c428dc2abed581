#include "hallmark/hash/digest.h"

#include <algorithm>

#include <fmt/core.h>

#include "hallmark/base/hex.h"

namespace hallmark::hash {

Digest::Digest(Algorithm algorithm, ByteView bytes) : algorithm_(algorithm) {
  std::copy(bytes.begin(), bytes.end(), bytes_.begin());
}

Result<Digest> Digest::create(Algorithm algorithm, ByteView bytes) {
  if (bytes.size() != digest_size(algorithm)) {
    return fail(Code::kDigestMalformed,
                fmt::format("expected a {} digest of {} bytes, found {}",
                            hash::to_string(algorithm), digest_size(algorithm), bytes.size()));
  }
  return Digest(algorithm, bytes);
}

Result<Digest> Digest::parse_hex(Algorithm algorithm, std::string_view hex) {
  if (hex.size() != digest_size(algorithm) * 2) {
    return fail(Code::kDigestMalformed,
                fmt::format("expected a {} digest of {} hex digits, found {} characters",
                            hash::to_string(algorithm), digest_size(algorithm) * 2, hex.size()));
  }
  const auto bytes = base::decode_hex(hex);
  if (!bytes) return fail(Code::kDigestMalformed, bytes.error().message);
  return create(algorithm, *bytes);
}

std::string Digest::hex() const { return base::encode_hex(bytes()); }

std::string Digest::to_string() const {
  return fmt::format("{}:{}", hash::to_string(algorithm_), hex());
}

}  // namespace hallmark::hash

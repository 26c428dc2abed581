#include "hallmark/hash/hmac.h"

#include <algorithm>
#include <cstring>

#include <openssl/crypto.h>

#include "hallmark/hash/hasher.h"

namespace hallmark::hash {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::uint8_t kInner = 0x36;
constexpr std::uint8_t kOuter = 0x5c;

// One of the two passes: the key, masked, and then the message.
Digest keyed_hash(ByteView key, std::uint8_t mask, ByteView message) {
  std::array<std::uint8_t, kBlock> block{};
  std::copy(key.begin(), key.end(), block.begin());
  for (std::uint8_t& byte : block) byte ^= mask;
  Hasher hasher(Algorithm::kSha256);
  hasher.update(block);
  explicit_bzero(block.data(), block.size());
  hasher.update(message);
  return hasher.finish();
}

}  // namespace

MessageCode hmac_sha256(ByteView key, ByteView message) {
  HALLMARK_CHECK(key.size() <= kBlock);
  const Digest outer = keyed_hash(key, kOuter, keyed_hash(key, kInner, message).bytes());
  MessageCode code{};
  std::copy(outer.bytes().begin(), outer.bytes().end(), code.begin());
  return code;
}

bool same_code(const MessageCode& a, const MessageCode& b) {
  return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace hallmark::hash

#pragma once

#include <array>
#include <cstdint>

#include "hallmark/base/bytes.h"

namespace hallmark::hash {

/// A message authentication code: only who has the key can make it for a message.
using MessageCode = std::array<std::uint8_t, 32>;

/// HMAC-SHA-256 (RFC 2104). The key has 64 bytes at most; longer ones are for callers to hash.
MessageCode hmac_sha256(ByteView key, ByteView message);

/// Whether two codes are the same, in a time that tells nothing about where they differ.
bool same_code(const MessageCode& a, const MessageCode& b);

}  // namespace hallmark::hash

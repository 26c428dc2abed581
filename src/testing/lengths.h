#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "hallmark/base/bytes.h"

namespace hallmark::testing {

/// Lengths of messages around every edge that a hash function has: blocks of 64 and 128 bytes and
/// the padding in them, BLAKE3's chunks of 1 KiB and subtrees of them, and read buffers.
inline constexpr auto kEdgeLengths = std::to_array<std::size_t>(
    {0,     1,      55,     56,     63,     64,      65,      111,     112,    127,   128,   129,
     1023,  1024,   1025,   2047,   2048,   2049,    3071,    3072,    3073,   4095,  4096,  4097,
     8191,  8192,   8193,   16383,  16384,  16385,   17408,   31743,   31744,  31745, 65535, 65536,
     65537, 100000, 262143, 262144, 262145, 1048575, 1048576, 1048577, 1234567});

/// Bytes that repeat nowhere, the same at every call.
inline Bytes message_of_length(std::size_t length) {
  Bytes message(length);
  std::uint32_t state = 0x9e3779b9U;
  for (std::uint8_t& byte : message) {
    state ^= state << 13U;
    state ^= state >> 17U;
    state ^= state << 5U;
    byte = static_cast<std::uint8_t>(state >> 11U);
  }
  return message;
}

}  // namespace hallmark::testing

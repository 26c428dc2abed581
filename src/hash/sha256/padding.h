#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "hash/sha256/lane.h"

namespace hallmark::hash::sha256 {

/// Room that a message's last, incomplete block and its padding may need.
inline constexpr std::size_t kLongestEnd = 2 * kBlockSize;

/// Completes the end of a message of `length` bytes, so that it can be compressed like any block:
/// `end` starts with the message's last length % 64 bytes, and padding is written behind them.
/// Returns how many blocks that makes, 1 or 2; `end` must have room for them, kLongestEnd always
/// is enough. FIPS 180-4, section 5.1.1; `length` is below 2^61.
std::size_t write_padding(std::span<std::uint8_t> end, std::uint64_t length);

/// The digest that a state stands for after the last block.
std::array<std::uint8_t, 32> digest_bytes(const State& state);

}  // namespace hallmark::hash::sha256

#include "hash/sha256/padding.h"

#include <algorithm>

#include "hallmark/base/result.h"

namespace hallmark::hash::sha256 {

std::size_t write_padding(std::span<std::uint8_t> end, std::uint64_t length) {
  constexpr std::size_t kLengthSize = 8;
  const std::size_t used = length % kBlockSize;
  const std::size_t blocks = used + 1 + kLengthSize <= kBlockSize ? 1 : 2;
  HALLMARK_CHECK(end.size() >= blocks * kBlockSize);
  end[used] = 0x80;
  const std::size_t length_at = blocks * kBlockSize - kLengthSize;
  std::fill(end.begin() + static_cast<std::ptrdiff_t>(used + 1),
            end.begin() + static_cast<std::ptrdiff_t>(length_at), std::uint8_t{0});
  const std::uint64_t bits = length * 8;
  for (std::size_t i = 0; i < kLengthSize; ++i) {
    end[length_at + i] = static_cast<std::uint8_t>(bits >> (56 - 8 * i));
  }
  return blocks;
}

std::array<std::uint8_t, 32> digest_bytes(const State& state) {
  std::array<std::uint8_t, 32> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(state.words[i / 4] >> (24 - 8 * (i % 4)));
  }
  return bytes;
}

}  // namespace hallmark::hash::sha256

// libstdc++ hashes text with MurmurHash64A and a seed that never changes. Of a text of two words
// the hash is h = ((seed ^ mix(first)) * kFactor ^ mix(second)) * kFactor, then scrambled. All of
// it can be undone, so for any first word there is a second one that leads to a chosen h.

#include "testing/colliding_names.h"

#include <cstdint>
#include <cstring>

namespace hallmark::testing {
namespace {

constexpr std::uint64_t kFactor = 0xc6a4a7935bd1e995;
constexpr std::uint64_t kSeed = 0xc70f6907;
constexpr std::uint64_t kLength = 16;
constexpr std::uint64_t kTarget = 0x1234567;

// Newton's iteration doubles the right bits of an inverse modulo 2^64.
constexpr std::uint64_t inverse_of(std::uint64_t odd) {
  std::uint64_t inverse = odd;
  for (int i = 0; i < 6; ++i) inverse *= 2 - odd * inverse;
  return inverse;
}

constexpr std::uint64_t kInverse = inverse_of(kFactor);

// Its own inverse.
constexpr std::uint64_t scramble(std::uint64_t value) { return value ^ (value >> 47U); }

constexpr std::uint64_t mix(std::uint64_t word) { return scramble(word * kFactor) * kFactor; }
constexpr std::uint64_t unmix(std::uint64_t mixed) { return scramble(mixed * kInverse) * kInverse; }

std::uint64_t second_word(std::uint64_t first) {
  const std::uint64_t after_first = ((kSeed ^ (kLength * kFactor)) ^ mix(first)) * kFactor;
  return unmix(after_first ^ (kTarget * kInverse));
}

bool is_plain(std::uint64_t word) {
  if ((word & 0x8080808080808080) != 0) return false;
  for (unsigned i = 0; i < 8; ++i, word >>= 8U) {
    if ((word & 0xffU) == 0 || (word & 0xffU) == '/') return false;
  }
  return true;
}

// Eight of the letters from a to p, others for each number below 2^32.
std::uint64_t first_word(std::uint64_t number) {
  const std::uint64_t halves = (number & 0xffffU) | (number & 0xffff0000U) << 16U;
  const std::uint64_t bytes = (halves | halves << 8U) & 0x00ff00ff00ff00ff;
  return 0x6161616161616161 + ((bytes | bytes << 4U) & 0x0f0f0f0f0f0f0f0f);
}

}  // namespace

std::vector<std::string> colliding_names(std::size_t count) {
  std::vector<std::string> names;
  for (std::uint64_t number = 0; names.size() < count; ++number) {
    const std::uint64_t words[] = {first_word(number), second_word(first_word(number))};
    if (!is_plain(words[1])) continue;
    std::string& name = names.emplace_back(kLength, '\0');
    std::memcpy(name.data(), words, kLength);
  }
  return names;
}

}  // namespace hallmark::testing

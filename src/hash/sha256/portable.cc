#include "hash/sha256/portable.h"

#include <bit>

#include "hash/sha256/round_constants.h"

namespace hallmark::hash::sha256 {
namespace {

std::uint32_t mix_state(std::uint32_t x, int first, int second, int third) {
  return std::rotr(x, first) ^ std::rotr(x, second) ^ std::rotr(x, third);
}

std::uint32_t mix_word(std::uint32_t x, int first, int second, int shift) {
  return std::rotr(x, first) ^ std::rotr(x, second) ^ (x >> shift);
}

std::uint32_t load_big_endian(const std::uint8_t* from) {
  return std::uint32_t{from[0]} << 24 | std::uint32_t{from[1]} << 16 | std::uint32_t{from[2]} << 8 |
         std::uint32_t{from[3]};
}

// Section 6.2.2, step 1, with the last 16 words kept in a ring.
std::uint32_t next_word(std::uint32_t (&words)[16], unsigned round) {
  std::uint32_t& word = words[round % 16];
  word += mix_word(words[(round + 14) % 16], 17, 19, 10) + words[(round + 9) % 16] +
          mix_word(words[(round + 1) % 16], 7, 18, 3);
  return word;
}

// The words a to h stay in place: their names move on by one with each round.
void run_round(State& state, unsigned round, std::uint32_t sum) {
  const auto at = [&](unsigned name) -> std::uint32_t& { return state.words[(name - round) % 8]; };
  const std::uint32_t chosen = (at(4) & at(5)) ^ (~at(4) & at(6));
  const std::uint32_t majority = (at(0) & at(1)) ^ (at(0) & at(2)) ^ (at(1) & at(2));
  sum += at(7) + mix_state(at(4), 6, 11, 25) + chosen;
  at(3) += sum;
  at(7) = sum + mix_state(at(0), 2, 13, 22) + majority;
}

void run_block(State& state, const std::uint8_t* data) {
  const State before = state;
  std::uint32_t words[16];
  for (unsigned i = 0; i < 16; ++i) words[i] = load_big_endian(data + std::size_t{i} * 4);
  for (unsigned first = 0; first < 64; first += 16) {
#pragma GCC unroll 16
    for (unsigned i = 0; i < 16; ++i) {
      const std::uint32_t word = first == 0 ? words[i] : next_word(words, i);
      run_round(state, i, kRoundConstants[first + i] + word);
    }
  }
  for (unsigned i = 0; i < 8; ++i) state.words[i] += before.words[i];
}

}  // namespace

void compress_portable(Lane* const* lanes, std::size_t blocks) {
  Lane& lane = *lanes[0];
  State state = lane.state;  // of its own, so that it can stay in registers
  for (; blocks != 0; --blocks) {
    run_block(state, lane.data);
    lane.data += kBlockSize;
  }
  lane.state = state;
}

}  // namespace hallmark::hash::sha256

#include "hash/sha256/avx512.h"

#include <immintrin.h>

#include "hash/sha256/round_constants.h"
#include "hash/sha256/vector128.h"
#include "hash/sha256/vectors.h"

// Sixteen messages side by side, one a column: each vector holds the same word of all of them.
// Where vector additions take more than one cycle (Zen 5), the chain from one e or a to the next
// decides, so all that does not depend on them is added up before.

namespace hallmark::hash::sha256 {
namespace {

constexpr int kLanes = 16;
using Vector = __m512i;

[[gnu::always_inline]] inline Vector choose(Vector x, Vector y, Vector z) {
  return _mm512_ternarylogic_epi32(x, y, z, 0xCA);
}

[[gnu::always_inline]] inline Vector majority(Vector x, Vector y, Vector z) {
  return _mm512_ternarylogic_epi32(x, y, z, 0xE8);
}

// The words a to h stay in place: their names move on by one with each round.
template <int kRound>
[[gnu::always_inline]] inline void run_round(Vector* state, Vector word, std::uint32_t constant) {
  const auto at = [state](int name) __attribute__((always_inline)) -> Vector& {
    return state[(name - kRound) & 7];
  };
  const Vector a = at(0);
  const Vector e = at(4);
  const Vector known = Zmm::add(at(7), Zmm::add(word, Zmm::fill(constant)));
  const Vector chosen = Zmm::add(known, choose(e, at(5), at(6)));
  const Vector s1 = Zmm::xor3(Zmm::rotate<6>(e), Zmm::rotate<11>(e), Zmm::rotate<25>(e));
  const Vector s0 = Zmm::xor3(Zmm::rotate<2>(a), Zmm::rotate<13>(a), Zmm::rotate<22>(a));
  const Vector rest = Zmm::add(s0, majority(a, at(1), at(2)));
  at(3) = Zmm::add(Zmm::add(at(3), chosen), s1);
  at(7) = Zmm::add(Zmm::add(chosen, rest), s1);
}

template <bool kSchedule, int kRound = 0>
[[gnu::always_inline]] inline void sixteen_rounds(Vector* state, Vector* words,
                                                  const std::uint32_t* constants) {
  run_round<kRound>(state, words[kRound], constants[kRound]);
  if constexpr (kSchedule) next_word<Zmm, kRound>(words);
  if constexpr (kRound < 15) sixteen_rounds<kSchedule, kRound + 1>(state, words, constants);
}

[[gnu::always_inline]] inline void load_words(Vector* words, const std::uint8_t* const* data,
                                              std::size_t offset) {
#pragma GCC unroll 4
  for (std::size_t part = 0; part < 4; ++part) {
    Vector rows[4];
#pragma GCC unroll 4
    for (int i = 0; i < 4; ++i) {
      const std::size_t at = offset + 16 * part;
      const auto address = [data, i, at](int group)
                               __attribute__((always_inline)) { return data[4 * group + i] + at; };
      rows[i] = Zmm::shuffle_bytes(Zmm::load_parts(address), big_endian());
    }
    transpose<Zmm>(rows, words + 4 * part);
  }
}

[[gnu::always_inline]] inline void run_block(Vector* state, Vector* words) {
  Vector before[8];
#pragma GCC unroll 8
  for (int i = 0; i < 8; ++i) before[i] = state[i];
  for (int round = 0; round < 48; round += 16) {
    sixteen_rounds<true>(state, words, kRoundConstants + round);
  }
  sixteen_rounds<false>(state, words, kRoundConstants + 48);
#pragma GCC unroll 8
  for (int i = 0; i < 8; ++i) state[i] = Zmm::add(state[i], before[i]);
}

}  // namespace

void compress_avx512x16(Lane* const* lanes, std::size_t blocks) {
  alignas(64) std::uint32_t columns[8][kLanes];
  const std::uint8_t* data[kLanes];
  for (int i = 0; i < kLanes; ++i) {
    data[i] = lanes[i]->data;
    for (int j = 0; j < 8; ++j) columns[j][i] = lanes[i]->state.words[j];
  }
  Vector state[8];
#pragma GCC unroll 8
  for (int j = 0; j < 8; ++j) state[j] = _mm512_load_si512(columns[j]);
  for (std::size_t block = 0; block < blocks; ++block) {
    Vector words[16];
    load_words(words, data, block * kBlockSize);
    run_block(state, words);
  }
#pragma GCC unroll 8
  for (int j = 0; j < 8; ++j) _mm512_store_si512(columns[j], state[j]);
  for (int i = 0; i < kLanes; ++i) {
    lanes[i]->data += blocks * kBlockSize;
    for (int j = 0; j < 8; ++j) lanes[i]->state.words[j] = columns[j][i];
  }
}

}  // namespace hallmark::hash::sha256

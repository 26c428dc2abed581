#include "hash/sha256/avx2.h"

#include <immintrin.h>

#include "hash/sha256/round_constants.h"
#include "hash/sha256/vector128.h"

// Eight messages side by side, one a column: each vector holds the same word of all of them. There
// is no rotation, so it is two shifts; the exclusive or of several needs no order.

namespace hallmark::hash::sha256 {
namespace {

constexpr int kLanes = 8;
using Vector = __m256i;

[[gnu::always_inline]] inline Vector add(Vector x, Vector y) { return _mm256_add_epi32(x, y); }
[[gnu::always_inline]] inline Vector bit_xor(Vector x, Vector y) { return _mm256_xor_si256(x, y); }

template <int kBits>
[[gnu::always_inline]] inline Vector rotate(Vector x) {
  return bit_xor(_mm256_srli_epi32(x, kBits), _mm256_slli_epi32(x, 32 - kBits));
}

template <int kFirst, int kSecond, int kThird>
[[gnu::always_inline]] inline Vector mix_state(Vector x) {
  return bit_xor(bit_xor(rotate<kFirst>(x), rotate<kSecond>(x)), rotate<kThird>(x));
}

template <int kFirst, int kSecond, int kShift>
[[gnu::always_inline]] inline Vector mix_word(Vector x) {
  return bit_xor(bit_xor(rotate<kFirst>(x), rotate<kSecond>(x)), _mm256_srli_epi32(x, kShift));
}

template <int kRound>
[[gnu::always_inline]] inline void run_round(Vector* state, Vector word, std::uint32_t constant) {
  const auto at = [state](int name) __attribute__((always_inline)) -> Vector& {
    return state[(name - kRound) & 7];
  };
  const Vector a = at(0);
  const Vector e = at(4);
  const Vector chosen = bit_xor(at(6), _mm256_and_si256(e, bit_xor(at(5), at(6))));
  const Vector differ = _mm256_and_si256(bit_xor(a, at(1)), bit_xor(at(1), at(2)));
  const Vector majority = bit_xor(at(1), differ);
  const Vector known = add(at(7), add(word, _mm256_set1_epi32(static_cast<int>(constant))));
  const Vector sum = add(add(known, chosen), mix_state<6, 11, 25>(e));
  at(3) = add(at(3), sum);
  at(7) = add(sum, add(mix_state<2, 13, 22>(a), majority));
}

template <bool kSchedule, int kRound = 0>
[[gnu::always_inline]] inline void sixteen_rounds(Vector* state, Vector* words,
                                                  const std::uint32_t* constants) {
  run_round<kRound>(state, words[kRound], constants[kRound]);
  if constexpr (kSchedule) {
    const Vector known = add(words[kRound], words[(kRound + 9) % 16]);
    const Vector s0 = mix_word<7, 18, 3>(words[(kRound + 1) % 16]);
    words[kRound] = add(add(known, s0), mix_word<17, 19, 10>(words[(kRound + 14) % 16]));
  }
  if constexpr (kRound < 15) sixteen_rounds<kSchedule, kRound + 1>(state, words, constants);
}

// Four words of each of four lanes a half: a transposition within each 128 bits.
[[gnu::always_inline]] inline void load_words(Vector* words, const std::uint8_t* const* data,
                                              std::size_t offset) {
  const Vector order = _mm256_broadcastsi128_si256(big_endian());
#pragma GCC unroll 4
  for (std::size_t part = 0; part < 4; ++part) {
    const std::size_t at = offset + 16 * part;
    Vector rows[4];
#pragma GCC unroll 4
    for (int i = 0; i < 4; ++i) {
      const Vector low = _mm256_castsi128_si256(load_vector(data[i] + at));
      const Vector both = _mm256_inserti128_si256(low, load_vector(data[4 + i] + at), 1);
      rows[i] = _mm256_shuffle_epi8(both, order);
    }
    const Vector low01 = _mm256_unpacklo_epi32(rows[0], rows[1]);
    const Vector high01 = _mm256_unpackhi_epi32(rows[0], rows[1]);
    const Vector low23 = _mm256_unpacklo_epi32(rows[2], rows[3]);
    const Vector high23 = _mm256_unpackhi_epi32(rows[2], rows[3]);
    words[4 * part] = _mm256_unpacklo_epi64(low01, low23);
    words[4 * part + 1] = _mm256_unpackhi_epi64(low01, low23);
    words[4 * part + 2] = _mm256_unpacklo_epi64(high01, high23);
    words[4 * part + 3] = _mm256_unpackhi_epi64(high01, high23);
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
  for (int i = 0; i < 8; ++i) state[i] = add(state[i], before[i]);
}

}  // namespace

void compress_avx2x8(Lane* const* lanes, std::size_t blocks) {
  alignas(32) std::uint32_t columns[8][kLanes];
  const std::uint8_t* data[kLanes];
  for (int i = 0; i < kLanes; ++i) {
    data[i] = lanes[i]->data;
    for (int j = 0; j < 8; ++j) columns[j][i] = lanes[i]->state.words[j];
  }
  Vector state[8];
#pragma GCC unroll 8
  for (int j = 0; j < 8; ++j) state[j] = _mm256_load_si256(reinterpret_cast<Vector*>(columns[j]));
  for (std::size_t block = 0; block < blocks; ++block) {
    Vector words[16];
    load_words(words, data, block * kBlockSize);
    run_block(state, words);
  }
#pragma GCC unroll 8
  for (int j = 0; j < 8; ++j) _mm256_store_si256(reinterpret_cast<Vector*>(columns[j]), state[j]);
  for (int i = 0; i < kLanes; ++i) {
    lanes[i]->data += blocks * kBlockSize;
    for (int j = 0; j < 8; ++j) lanes[i]->state.words[j] = columns[j][i];
  }
}

}  // namespace hallmark::hash::sha256

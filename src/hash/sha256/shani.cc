#include "hash/sha256/shani.h"

#include <immintrin.h>

#include "hash/sha256/round_constants.h"
#include "hash/sha256/shani_state.h"
#include "hash/sha256/vector128.h"

// The problem: sha256rnds2 does two rounds but waits for the two before, so that one message keeps
// the unit busy for less than half of the time. The idea: several messages side by side, four
// rounds of each in turn; the processor runs them at once. All functions are inlined into one body
// a width, with every index known when it is compiled.

namespace hallmark::hash::sha256 {
namespace {

struct Stream {
  ShaniState state;
  ShaniState before;
  __m128i words[4];  // the last 16 words of the message schedule
  const std::uint8_t* data;
};

// Rounds 4 * kGroup to 4 * kGroup + 3 and, while the rounds to come need them, four new words.
template <int kGroup>
[[gnu::always_inline]] inline void four_rounds(Stream& s) {
  __m128i& newest = s.words[kGroup % 4];
  if constexpr (kGroup < 4) {
    newest = _mm_shuffle_epi8(load_vector(s.data + std::size_t{16} * kGroup), big_endian());
  }
  const __m128i sums =
      _mm_add_epi32(newest, load_vector(&kRoundConstants[std::size_t{4} * kGroup]));
  s.state.cdgh = _mm_sha256rnds2_epu32(s.state.cdgh, s.state.abef, sums);
  const __m128i upper_sums = _mm_shuffle_epi32(sums, 0x0E);
  s.state.abef = _mm_sha256rnds2_epu32(s.state.abef, s.state.cdgh, upper_sums);
  if constexpr (kGroup >= 3 && kGroup < 15) {
    __m128i& next = s.words[(kGroup + 1) % 4];
    const __m128i seventh_last = _mm_alignr_epi8(newest, s.words[(kGroup + 3) % 4], 4);
    next = _mm_sha256msg1_epu32(next, s.words[(kGroup + 2) % 4]);
    next = _mm_sha256msg2_epu32(_mm_add_epi32(next, seventh_last), newest);
  }
}

template <std::size_t kStreams, int kGroup = 0>
[[gnu::always_inline]] inline void all_rounds(Stream* streams) {
#pragma GCC unroll 4
  for (std::size_t i = 0; i < kStreams; ++i) four_rounds<kGroup>(streams[i]);
  if constexpr (kGroup < 15) all_rounds<kStreams, kGroup + 1>(streams);
}

template <std::size_t kStreams>
[[gnu::always_inline]] inline void compress(Lane* const* lanes, std::size_t blocks) {
  Stream streams[kStreams];
  for (std::size_t i = 0; i < kStreams; ++i) {
    streams[i].state = load_state(lanes[i]->state);
    streams[i].data = lanes[i]->data;
  }
  for (; blocks != 0; --blocks) {
    for (Stream& s : streams) s.before = s.state;
    all_rounds<kStreams>(streams);
    for (Stream& s : streams) {
      add_state(s.state, s.before);
      s.data += kBlockSize;
    }
  }
  for (std::size_t i = 0; i < kStreams; ++i) {
    store_state(lanes[i]->state, streams[i].state);
    lanes[i]->data = streams[i].data;
  }
}

}  // namespace

void compress_shani1(Lane* const* lanes, std::size_t blocks) { compress<1>(lanes, blocks); }
void compress_shani2(Lane* const* lanes, std::size_t blocks) { compress<2>(lanes, blocks); }
void compress_shani3(Lane* const* lanes, std::size_t blocks) { compress<3>(lanes, blocks); }
void compress_shani4(Lane* const* lanes, std::size_t blocks) { compress<4>(lanes, blocks); }

}  // namespace hallmark::hash::sha256

#include "hash/sha256/armv8.h"

#include <arm_neon.h>

#include "hash/sha256/round_constants.h"

// As with SHA-NI (shani.cc), one message waits for each instruction, so several are interleaved.

namespace hallmark::hash::sha256 {
namespace {

struct Stream {
  uint32x4_t abcd;
  uint32x4_t efgh;
  uint32x4_t abcd_before;
  uint32x4_t efgh_before;
  uint32x4_t words[4];  // the last 16 words of the message schedule
  const std::uint8_t* data;
};

// Rounds 4 * kGroup to 4 * kGroup + 3 and, while the rounds to come need them, four new words.
template <int kGroup>
[[gnu::always_inline]] inline void four_rounds(Stream& s) {
  uint32x4_t& newest = s.words[kGroup % 4];
  if constexpr (kGroup < 4) {
    newest = vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(s.data + std::size_t{16} * kGroup)));
  }
  const uint32x4_t sums = vaddq_u32(newest, vld1q_u32(&kRoundConstants[std::size_t{4} * kGroup]));
  const uint32x4_t abcd = s.abcd;
  s.abcd = vsha256hq_u32(abcd, s.efgh, sums);
  s.efgh = vsha256h2q_u32(s.efgh, abcd, sums);
  if constexpr (kGroup >= 3 && kGroup < 15) {
    uint32x4_t& next = s.words[(kGroup + 1) % 4];
    next = vsha256su0q_u32(next, s.words[(kGroup + 2) % 4]);
    next = vsha256su1q_u32(next, s.words[(kGroup + 3) % 4], newest);
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
    streams[i].abcd = vld1q_u32(&lanes[i]->state.words[0]);
    streams[i].efgh = vld1q_u32(&lanes[i]->state.words[4]);
    streams[i].data = lanes[i]->data;
  }
  for (; blocks != 0; --blocks) {
    for (Stream& s : streams) {
      s.abcd_before = s.abcd;
      s.efgh_before = s.efgh;
    }
    all_rounds<kStreams>(streams);
    for (Stream& s : streams) {
      s.abcd = vaddq_u32(s.abcd, s.abcd_before);
      s.efgh = vaddq_u32(s.efgh, s.efgh_before);
      s.data += kBlockSize;
    }
  }
  for (std::size_t i = 0; i < kStreams; ++i) {
    vst1q_u32(&lanes[i]->state.words[0], streams[i].abcd);
    vst1q_u32(&lanes[i]->state.words[4], streams[i].efgh);
    lanes[i]->data = streams[i].data;
  }
}

}  // namespace

void compress_armv8x1(Lane* const* lanes, std::size_t blocks) { compress<1>(lanes, blocks); }
void compress_armv8x2(Lane* const* lanes, std::size_t blocks) { compress<2>(lanes, blocks); }
void compress_armv8x4(Lane* const* lanes, std::size_t blocks) { compress<4>(lanes, blocks); }

}  // namespace hallmark::hash::sha256

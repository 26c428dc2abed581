#include "hash/sha256/shani_vector.h"

#include <immintrin.h>

#include "hash/sha256/round_constants.h"
#include "hash/sha256/shani.h"
#include "hash/sha256/shani_state.h"
#include "hash/sha256/vector128.h"
#include "hash/sha256/vectors.h"

// The problem: with several streams it is no longer sha256rnds2 that limits SHA-NI but
// sha256msg2, which takes the unit two cycles for four words of one message.
//
// The idea: a message schedule does not depend on the state, so the schedules of several blocks of
// one stream can be computed side by side by plain vector instructions, which run beside
// sha256rnds2. Four streams by two (256 bits) or four (512 bits) blocks are a batch. While the
// rounds of one batch run, the sums of words and round constants for the next are written to
// memory, two words of a block side by side as sha256rnds2 takes them. The source has a few
// instructions of both in turn, since a processor looks ahead only some hundred of them.
//
// On Zen 4 this leaves the units that shift as the limit: 44 cycles a block instead of 61. With 512
// bits these units are busy for two cycles in a row there and get in the way of sha256rnds2.

namespace hallmark::hash::sha256 {
namespace {

constexpr int kStreams = 4;
constexpr int kRoundPairs = 32;  // of one block

// Sums of a batch. A row is a pair of rounds; a stream stands there in the low or high words that
// unpacking gave, and each 128 bits of these are a block.
template <typename V>
struct Sums {
  alignas(64) std::uint8_t rows[kRoundPairs][2][16 * V::kParts];
};

struct Streams {
  ShaniState states[kStreams];
  const std::uint8_t* data[kStreams];
};

// Words 4 * kPart to 4 * kPart + 3 of all blocks.
template <typename V, int kPart>
[[gnu::always_inline]] inline void load_words(typename V::Vector* words, const Streams& streams) {
  typename V::Vector rows[kStreams];
#pragma GCC unroll 4
  for (int i = 0; i < kStreams; ++i) {
    const std::uint8_t* const from = streams.data[i] + std::size_t{16} * kPart;
    const auto address = [from](std::size_t block)
                             __attribute__((always_inline)) { return from + block * kBlockSize; };
    rows[i] = V::shuffle_bytes(V::load_parts(address), big_endian());
  }
  transpose<V>(rows, words + 4 * kPart);
}

// Provides word kWord of a batch and, with every second one, stores a row.
template <typename V, int kWord>
[[gnu::always_inline]] inline void prepare(typename V::Vector* words, const Streams& streams,
                                           Sums<V>& sums) {
  if constexpr (kWord >= 16) {
    next_word<V, kWord>(words);
  } else if constexpr (kWord % 4 == 0) {
    load_words<V, kWord / 4>(words, streams);
  }
  if constexpr (kWord % 2 == 1) {
    const auto even = V::add(words[(kWord - 1) % 16], V::fill(kRoundConstants[kWord - 1]));
    const auto odd = V::add(words[kWord % 16], V::fill(kRoundConstants[kWord]));
    V::store(sums.rows[kWord / 2][0], V::low_words(even, odd));
    V::store(sums.rows[kWord / 2][1], V::high_words(even, odd));
  }
}

template <typename V, int kBlock, int kPair>
[[gnu::always_inline]] inline void two_rounds(ShaniState* states, const Sums<V>& sums) {
#pragma GCC unroll 4
  for (int i = 0; i < kStreams; ++i) {
    ShaniState& s = states[i];
    const std::uint8_t* const from = &sums.rows[kPair][i / 2][16 * kBlock + 8 * (i % 2)];
    const __m128i pair = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(from));
    if constexpr (kPair % 2 == 0) {
      s.cdgh = _mm_sha256rnds2_epu32(s.cdgh, s.abef, pair);
    } else {
      s.abef = _mm_sha256rnds2_epu32(s.abef, s.cdgh, pair);
    }
  }
}

// The rounds of one block of each stream from `now`, with a part of the work for `next`.
template <typename V, bool kRounds, int kBlock, int kPair = 0>
[[gnu::always_inline]] inline void interleave(Streams& streams, const Sums<V>& now,
                                              typename V::Vector* words, Sums<V>& next) {
  constexpr int kStep = 2 * (kRoundPairs * kBlock + kPair);
  if constexpr (kStep % V::kParts == 0) prepare<V, kStep / V::kParts>(words, streams, next);
  if constexpr (kRounds) two_rounds<V, kBlock, kPair>(streams.states, now);
  if constexpr (kPair + 1 < kRoundPairs) {
    interleave<V, kRounds, kBlock, kPair + 1>(streams, now, words, next);
  }
}

// Runs the rounds of the batch `now`, if kRounds, and prepares `next` from the streams' data.
template <typename V, bool kRounds, int kBlock = 0>
[[gnu::always_inline]] inline void run_batch(Streams& streams, const Sums<V>& now,
                                             typename V::Vector* words, Sums<V>& next) {
  ShaniState before[kStreams];
#pragma GCC unroll 4
  for (int i = 0; i < kStreams; ++i) before[i] = streams.states[i];
  interleave<V, kRounds, kBlock>(streams, now, words, next);
  if constexpr (kRounds) {
#pragma GCC unroll 4
    for (int i = 0; i < kStreams; ++i) add_state(streams.states[i], before[i]);
  }
  if constexpr (kBlock + 1 < V::kParts) {
    run_batch<V, kRounds, kBlock + 1>(streams, now, words, next);
  }
}

// Runs at least one batch. The last one prepares itself again, for want of a next one.
template <typename V>
[[gnu::always_inline]] inline void run_batches(Streams& streams, std::size_t batches) {
  typename V::Vector words[16];
  Sums<V> sums[2];
  run_batch<V, false>(streams, sums[1], words, sums[0]);
  for (std::size_t i = 0; i < batches; ++i) {
    const std::size_t advance = i + 1 < batches ? kBlockSize * V::kParts : 0;
    for (const std::uint8_t*& data : streams.data) data += advance;
    run_batch<V, true>(streams, sums[i % 2], words, sums[(i + 1) % 2]);
  }
}

template <typename V>
[[gnu::always_inline]] inline void compress(Lane* const* lanes, std::size_t blocks) {
  const std::size_t batches = blocks / V::kParts;
  // The first batch is prepared with no rounds beside it, which pays from the second one on.
  if (batches < 2) return compress_shani4(lanes, blocks);
  Streams streams;
  for (int i = 0; i < kStreams; ++i) {
    streams.states[i] = load_state(lanes[i]->state);
    streams.data[i] = lanes[i]->data;
  }
  run_batches<V>(streams, batches);
  for (int i = 0; i < kStreams; ++i) {
    store_state(lanes[i]->state, streams.states[i]);
    lanes[i]->data += batches * V::kParts * kBlockSize;
  }
  compress_shani4(lanes, blocks % V::kParts);
}

}  // namespace

void compress_shani4ymm(Lane* const* lanes, std::size_t blocks) { compress<Ymm>(lanes, blocks); }
void compress_shani4zmm(Lane* const* lanes, std::size_t blocks) { compress<Zmm>(lanes, blocks); }

}  // namespace hallmark::hash::sha256

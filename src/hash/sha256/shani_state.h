#pragma once

#include <immintrin.h>

#include "hash/sha256/lane.h"
#include "hash/sha256/vector128.h"

// Between the eight words of a state and the two registers of sha256rnds2. Names of vectors read
// from the highest word down. All is `static` and inlined: see lane.h.

namespace hallmark::hash::sha256 {

struct ShaniState {
  __m128i abef;
  __m128i cdgh;
};

[[gnu::always_inline]] static inline ShaniState load_state(const State& state) {
  const __m128i cdab = _mm_shuffle_epi32(load_vector(&state.words[0]), 0xB1);
  const __m128i efgh = _mm_shuffle_epi32(load_vector(&state.words[4]), 0x1B);
  return {_mm_alignr_epi8(cdab, efgh, 8), _mm_blend_epi16(efgh, cdab, 0xF0)};
}

[[gnu::always_inline]] static inline void store_state(State& state, const ShaniState& s) {
  const __m128i feba = _mm_shuffle_epi32(s.abef, 0x1B);
  const __m128i dchg = _mm_shuffle_epi32(s.cdgh, 0xB1);
  auto* const to = reinterpret_cast<__m128i*>(state.words);
  _mm_storeu_si128(to, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128(to + 1, _mm_alignr_epi8(dchg, feba, 8));
}

[[gnu::always_inline]] static inline void add_state(ShaniState& s, const ShaniState& before) {
  s.abef = _mm_add_epi32(s.abef, before.abef);
  s.cdgh = _mm_add_epi32(s.cdgh, before.cdgh);
}

}  // namespace hallmark::hash::sha256

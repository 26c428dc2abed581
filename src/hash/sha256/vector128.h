#pragma once

#include <immintrin.h>

#include "hash/sha256/lane.h"

// What all kernels of x86 do with 128 bits. All is `static` and inlined: see lane.h.

namespace hallmark::hash::sha256 {

[[gnu::always_inline]] static inline __m128i load_vector(const void* from) {
  return _mm_loadu_si128(static_cast<const __m128i*>(from));
}

/// For shuffling bytes: message words are big-endian.
[[gnu::always_inline]] static inline __m128i big_endian() {
  return _mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203);
}

}  // namespace hallmark::hash::sha256

#pragma once

#include <immintrin.h>

#include "hash/sha256/lane.h"
#include "hash/sha256/vector128.h"

// The same operations on 256 and 512 bits of 32-bit words; both need AVX-512 VL for rotations and
// three-operand logic. All are inlined: see lane.h. A part is 128 bits, the lowest first.

namespace hallmark::hash::sha256 {

struct Ymm {
  using Vector = __m256i;
  static constexpr int kParts = 2;

  [[gnu::always_inline]] static Vector add(Vector x, Vector y) { return _mm256_add_epi32(x, y); }
  [[gnu::always_inline]] static Vector xor3(Vector x, Vector y, Vector z) {
    return _mm256_ternarylogic_epi32(x, y, z, 0x96);
  }
  template <int kBits>
  [[gnu::always_inline]] static Vector rotate(Vector x) {
    return _mm256_ror_epi32(x, kBits);
  }
  template <int kBits>
  [[gnu::always_inline]] static Vector shift(Vector x) {
    return _mm256_srli_epi32(x, kBits);
  }
  [[gnu::always_inline]] static Vector fill(std::uint32_t word) {
    return _mm256_set1_epi32(static_cast<int>(word));
  }
  [[gnu::always_inline]] static Vector low_words(Vector x, Vector y) {
    return _mm256_unpacklo_epi32(x, y);
  }
  [[gnu::always_inline]] static Vector high_words(Vector x, Vector y) {
    return _mm256_unpackhi_epi32(x, y);
  }
  [[gnu::always_inline]] static Vector low_halves(Vector x, Vector y) {
    return _mm256_unpacklo_epi64(x, y);
  }
  [[gnu::always_inline]] static Vector high_halves(Vector x, Vector y) {
    return _mm256_unpackhi_epi64(x, y);
  }
  [[gnu::always_inline]] static Vector shuffle_bytes(Vector x, __m128i order) {
    return _mm256_shuffle_epi8(x, _mm256_broadcastsi128_si256(order));
  }
  [[gnu::always_inline]] static void store(std::uint8_t* to, Vector x) {
    _mm256_store_si256(reinterpret_cast<Vector*>(to), x);
  }

  // address(i) is where part i is found.
  template <typename Address>
  [[gnu::always_inline]] static Vector load_parts(const Address& address) {
    return _mm256_inserti128_si256(_mm256_castsi128_si256(load_vector(address(0))),
                                   load_vector(address(1)), 1);
  }
};

struct Zmm {
  using Vector = __m512i;
  static constexpr int kParts = 4;

  [[gnu::always_inline]] static Vector add(Vector x, Vector y) { return _mm512_add_epi32(x, y); }
  [[gnu::always_inline]] static Vector xor3(Vector x, Vector y, Vector z) {
    return _mm512_ternarylogic_epi32(x, y, z, 0x96);
  }
  template <int kBits>
  [[gnu::always_inline]] static Vector rotate(Vector x) {
    return _mm512_ror_epi32(x, kBits);
  }
  template <int kBits>
  [[gnu::always_inline]] static Vector shift(Vector x) {
    return _mm512_srli_epi32(x, kBits);
  }
  [[gnu::always_inline]] static Vector fill(std::uint32_t word) {
    return _mm512_set1_epi32(static_cast<int>(word));
  }
  [[gnu::always_inline]] static Vector low_words(Vector x, Vector y) {
    return _mm512_unpacklo_epi32(x, y);
  }
  [[gnu::always_inline]] static Vector high_words(Vector x, Vector y) {
    return _mm512_unpackhi_epi32(x, y);
  }
  [[gnu::always_inline]] static Vector low_halves(Vector x, Vector y) {
    return _mm512_unpacklo_epi64(x, y);
  }
  [[gnu::always_inline]] static Vector high_halves(Vector x, Vector y) {
    return _mm512_unpackhi_epi64(x, y);
  }
  [[gnu::always_inline]] static Vector shuffle_bytes(Vector x, __m128i order) {
    return _mm512_shuffle_epi8(x, _mm512_broadcast_i32x4(order));
  }
  [[gnu::always_inline]] static void store(std::uint8_t* to, Vector x) {
    _mm512_store_si512(to, x);
  }

  // Masked loads need no shuffle.
  template <typename Address>
  [[gnu::always_inline]] static Vector load_parts(const Address& address) {
    Vector x = _mm512_castsi128_si512(load_vector(address(0)));
    x = _mm512_mask_broadcast_i32x4(x, 0x00F0, load_vector(address(1)));
    x = _mm512_mask_broadcast_i32x4(x, 0x0F00, load_vector(address(2)));
    return _mm512_mask_broadcast_i32x4(x, 0xF000, load_vector(address(3)));
  }
};

/// Sixteen words become columns: `rows[i]` holds in each 128 bits four words of one message, and
/// `columns[j]` word j of four messages.
template <typename V>
[[gnu::always_inline]] inline void transpose(const typename V::Vector* rows,
                                             typename V::Vector* columns) {
  const auto low01 = V::low_words(rows[0], rows[1]);
  const auto high01 = V::high_words(rows[0], rows[1]);
  const auto low23 = V::low_words(rows[2], rows[3]);
  const auto high23 = V::high_words(rows[2], rows[3]);
  columns[0] = V::low_halves(low01, low23);
  columns[1] = V::high_halves(low01, low23);
  columns[2] = V::low_halves(high01, high23);
  columns[3] = V::high_halves(high01, high23);
}

/// The word that follows the sixteen in the ring `words`, in place of its first, word kWord modulo
/// 16. FIPS 180-4, section 6.2.2, step 1.
template <typename V, int kWord>
[[gnu::always_inline]] inline void next_word(typename V::Vector* words) {
  const auto w1 = words[(kWord + 1) % 16];
  const auto w14 = words[(kWord + 14) % 16];
  const auto s0 =
      V::xor3(V::template rotate<7>(w1), V::template rotate<18>(w1), V::template shift<3>(w1));
  const auto s1 =
      V::xor3(V::template rotate<17>(w14), V::template rotate<19>(w14), V::template shift<10>(w14));
  const auto known = V::add(words[kWord % 16], words[(kWord + 9) % 16]);
  words[kWord % 16] = V::add(V::add(known, s0), s1);
}

}  // namespace hallmark::hash::sha256

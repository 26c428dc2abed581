#pragma once

#include <cstddef>
#include <cstdint>

// What kernels share. Sources compiled for one instruction set include this header and no other of
// the standard library: an inline function that such a source emitted could be the copy that the
// linker keeps for everybody, and would then stop older processors. Hence plain arrays.

namespace hallmark::hash::sha256 {

inline constexpr std::size_t kBlockSize = 64;

/// The eight chaining words of FIPS 180-4, a to h.
struct State {
  std::uint32_t words[8];

  friend bool operator==(const State&, const State&) = default;
};

/// One message on its way: `data` holds whole blocks, at any alignment.
struct Lane {
  State state;
  const std::uint8_t* data;
};

/// Compresses `blocks` blocks of each lane of a kernel's width and moves their `data` on. Lanes may
/// read the same data, but each is an object of its own.
using Compress = void (*)(Lane* const* lanes, std::size_t blocks);

}  // namespace hallmark::hash::sha256

#pragma once

#include <vector>

#include "hash/sha256/kernel.h"

namespace hallmark::hash::sha256 {

/// What a kernel does with all of its lanes in use, on one core.
struct Rate {
  Kernel kernel;
  double gigabytes_per_second;  ///< 1e9 bytes
};

/// How long to measure.
struct Effort {
  std::size_t samples = 5;                   ///< taken in turn of all kernels; odd, for the median
  std::size_t bytes = std::size_t{4} << 20;  ///< hashed for each sample
};

/// Measures with data that stays in the second-level cache, by the processor time of this thread,
/// so that other work on the machine disturbs little.
std::vector<Rate> measure_kernels(std::span<const Kernel> kernels, const Effort& effort);

}  // namespace hallmark::hash::sha256

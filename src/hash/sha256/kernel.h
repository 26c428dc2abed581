#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "hallmark/base/cpu_features.h"
#include "hash/sha256/lane.h"

// SHA-256 over several messages at once. One message waits for itself: each round needs the one
// before, and nothing makes it quicker. Several messages side by side fill the processor.

namespace hallmark::hash::sha256 {

/// One way to compress. Runs `width` lanes, no fewer: a caller with fewer messages adds lanes whose
/// result it throws away.
struct Kernel {
  std::string_view name;
  std::size_t width;
  Compress compress;
};

/// The most lanes that any kernel takes.
inline constexpr std::size_t kWidest = 16;

/// FIPS 180-4, section 5.3.3.
State initial_state();

/// Kernels that a processor can run, `portable` and `libcrypto` first, then in ascending width for
/// each instruction set.
std::vector<Kernel> kernels_for(const base::CpuFeatures& cpu);

std::span<const Kernel> kernels_of_this_machine();

}  // namespace hallmark::hash::sha256

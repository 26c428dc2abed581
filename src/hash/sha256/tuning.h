#pragma once

#include <vector>

#include "hallmark/base/cpu_features.h"
#include "hash/sha256/measure.h"

namespace hallmark::hash::sha256 {

/// The rates of kernels as they were measured on processors of this kind; a kernel that was not
/// measured there is left out. Empty for a kind that is not known.
std::vector<Rate> known_rates(const base::CpuFeatures& cpu, std::span<const Kernel> kernels);

/// Rates for want of better ones: proportions that every processor seen so far keeps or exceeds.
std::vector<Rate> assumed_rates(const base::CpuFeatures& cpu, std::span<const Kernel> kernels);

}  // namespace hallmark::hash::sha256

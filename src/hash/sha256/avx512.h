#pragma once

#include "hash/sha256/lane.h"

namespace hallmark::hash::sha256 {

// For processors with AVX-512 F, BW and VL.
void compress_avx512x16(Lane* const* lanes, std::size_t blocks);

}  // namespace hallmark::hash::sha256

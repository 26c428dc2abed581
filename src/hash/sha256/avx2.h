#pragma once

#include "hash/sha256/lane.h"

namespace hallmark::hash::sha256 {

// For processors with AVX2.
void compress_avx2x8(Lane* const* lanes, std::size_t blocks);

}  // namespace hallmark::hash::sha256

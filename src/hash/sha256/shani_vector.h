#pragma once

#include "hash/sha256/lane.h"

namespace hallmark::hash::sha256 {

// For processors with SHA-NI and AVX-512 F, BW and VL: rounds of four streams by SHA-NI, message
// schedules in 256 or 512 bits.
void compress_shani4ymm(Lane* const* lanes, std::size_t blocks);
void compress_shani4zmm(Lane* const* lanes, std::size_t blocks);

}  // namespace hallmark::hash::sha256

#pragma once

#include "hash/sha256/lane.h"

namespace hallmark::hash::sha256 {

// For ARMv8 processors with SHA-2 instructions: one, two or four streams.
void compress_armv8x1(Lane* const* lanes, std::size_t blocks);
void compress_armv8x2(Lane* const* lanes, std::size_t blocks);
void compress_armv8x4(Lane* const* lanes, std::size_t blocks);

}  // namespace hallmark::hash::sha256

#pragma once

#include "hash/sha256/lane.h"

namespace hallmark::hash::sha256 {

// For processors with SHA-NI, SSSE3 and SSE4.1: one to four streams.
void compress_shani1(Lane* const* lanes, std::size_t blocks);
void compress_shani2(Lane* const* lanes, std::size_t blocks);
void compress_shani3(Lane* const* lanes, std::size_t blocks);
void compress_shani4(Lane* const* lanes, std::size_t blocks);

}  // namespace hallmark::hash::sha256

#pragma once

#include "hash/sha256/lane.h"

namespace hallmark::hash::sha256 {

/// FIPS 180-4 in plain C++, for any processor.
void compress_portable(Lane* const* lanes, std::size_t blocks);

}  // namespace hallmark::hash::sha256

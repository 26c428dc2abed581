#pragma once

#include "hash/sha256/lane.h"

namespace hallmark::hash::sha256 {

/// libcrypto's one stream, from any state on: what own kernels are judged by.
void compress_libcrypto(Lane* const* lanes, std::size_t blocks);

}  // namespace hallmark::hash::sha256

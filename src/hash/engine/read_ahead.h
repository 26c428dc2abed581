#pragma once

#include "hash/engine/piece_reader.h"

namespace hallmark::hash::engine {

/// Hashes one long piece with two threads: one reads, the caller's hashes. No thread can help with
/// the hashing itself, where each block waits for the one before. Where the system gives no second
/// thread, the caller's does both.
Result<Digest> hash_with_read_ahead(OpenPiece& piece, Algorithm algorithm);

}  // namespace hallmark::hash::engine

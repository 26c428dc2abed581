#pragma once

#include <span>

#include "hallmark/hash/hasher.h"
#include "hash/engine/piece_reader.h"

namespace hallmark::hash::engine {

/// Reads a piece to its end, one buffer after another, and hashes it. After a failure the hasher
/// holds part of a message and is of no further use. The piece is left open.
Result<Digest> hash_piece(OpenPiece& piece, Hasher& hasher, std::span<std::uint8_t> buffer);

}  // namespace hallmark::hash::engine

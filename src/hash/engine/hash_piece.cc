#include "hash/engine/hash_piece.h"

namespace hallmark::hash::engine {

Result<Digest> hash_piece(OpenPiece& piece, Hasher& hasher, std::span<std::uint8_t> buffer) {
  while (piece.rest() > 0) {
    HALLMARK_ASSIGN_OR_RETURN(const std::size_t n, piece.read(buffer));
    hasher.update(buffer.first(n));
  }
  return hasher.finish();
}

}  // namespace hallmark::hash::engine

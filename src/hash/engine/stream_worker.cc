#include "hash/engine/stream_worker.h"

#include "hash/engine/hash_piece.h"

namespace hallmark::hash::engine {
namespace {

constexpr std::size_t kBufferSize = std::size_t{256} << 10;

}  // namespace

StreamWorker::StreamWorker(const Job& job, Algorithm algorithm, Shared& shared)
    : shared_(shared), opener_(job), hasher_(algorithm), buffer_(kBufferSize) {}

bool StreamWorker::run() {
  return work_off(shared_, opener_, [this](const Piece& piece) { return hash(piece); });
}

Result<void> StreamWorker::hash(const Piece& piece) {
  HALLMARK_ASSIGN_OR_RETURN(OpenPiece opened, opener_.open(piece));
  HALLMARK_ASSIGN_OR_RETURN(const Digest digest, hash_piece(opened, hasher_, buffer_.span()));
  HALLMARK_TRY(opened.close());
  shared_.piece_done(piece, digest);
  return {};
}

}  // namespace hallmark::hash::engine

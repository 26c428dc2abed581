#include "hash/engine/stream_worker.h"

namespace hallmark::hash::engine {
namespace {

constexpr std::size_t kBufferSize = std::size_t{256} << 10;

}  // namespace

StreamWorker::StreamWorker(const Job& job, Algorithm algorithm, Shared& shared)
    : shared_(shared), opener_(job), hasher_(algorithm), buffer_(kBufferSize) {}

bool StreamWorker::run() {
  return work_off(shared_, opener_, [this](const Piece& piece) { return hash(piece); });
}

// After a failure the worker is of no further use: its hasher holds part of a message.
Result<void> StreamWorker::hash(const Piece& piece) {
  HALLMARK_ASSIGN_OR_RETURN(OpenPiece opened, opener_.open(piece));
  while (opened.rest() > 0) {
    HALLMARK_ASSIGN_OR_RETURN(const std::size_t n, opened.read(buffer_.span()));
    hasher_.update(buffer_.span().first(n));
  }
  const Digest digest = hasher_.finish();
  HALLMARK_TRY(opened.close());
  if (piece.result != Piece::kNoResult) shared_.digests[piece.result] = digest;
  shared_.files.piece_done(piece);
  return {};
}

}  // namespace hallmark::hash::engine

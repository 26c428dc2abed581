#include "hash/engine/stream_worker.h"

namespace hallmark::hash::engine {
namespace {

constexpr std::size_t kBufferSize = std::size_t{256} << 10;

}  // namespace

StreamWorker::StreamWorker(const Job& job, Algorithm algorithm, Shared& shared)
    : shared_(shared), opener_(job), hasher_(algorithm), buffer_(kBufferSize) {}

bool StreamWorker::run() {
  for (auto batch = shared_.source.take(); !batch.empty(); batch = shared_.source.take()) {
    for (const Piece& piece : batch) {
      if (shared_.failure.any()) return false;
      auto hashed = hash(piece);
      if (hashed) continue;
      shared_.failure.note(piece.file, std::move(hashed.error()));
      shared_.source.stop();
      return false;
    }
  }
  auto checked = opener_.check_directories();
  if (checked) return true;
  shared_.failure.note(0, std::move(checked.error()));
  return false;
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

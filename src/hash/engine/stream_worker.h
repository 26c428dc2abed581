#pragma once

#include "hallmark/hash/hasher.h"
#include "hash/engine/aligned_buffer.h"
#include "hash/engine/piece_reader.h"
#include "hash/engine/results.h"

namespace hallmark::hash::engine {

/// Hashes pieces one after another on one thread, with any algorithm.
class StreamWorker {
 public:
  StreamWorker(const Job& job, Algorithm algorithm, Shared& shared);

  /// Works until there are no more pieces, or until any thread has failed. False on failure.
  bool run();

 private:
  Result<void> hash(const Piece& piece);

  Shared& shared_;
  PieceOpener opener_;
  Hasher hasher_;
  AlignedBuffer buffer_;
};

}  // namespace hallmark::hash::engine

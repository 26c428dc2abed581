#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "hash/engine/aligned_buffer.h"
#include "hash/engine/piece_reader.h"
#include "hash/engine/results.h"
#include "hash/sha256/choice.h"

namespace hallmark::hash::engine {

/// Hashes pieces with SHA-256, several at a time on one thread; see lane_worker.cc.
class LaneWorker {
 public:
  /// `lanes` is how many pieces are on their way at a time.
  LaneWorker(const Job& job, const sha256::Choice& kernels, std::size_t lanes, Shared& shared);

  /// Works until there are no more pieces, or until any thread has failed. False on failure.
  bool run();

 private:
  struct Slot {
    std::span<std::uint8_t> buffer;  ///< With room for padding behind what is read.
    std::optional<OpenPiece> piece;
    sha256::Lane lane{};
    std::size_t blocks = 0;  ///< Ready at `lane.data`.
    bool padded = false;     ///< What is ready ends the message.
  };

  bool start_pieces();
  bool check_directories();
  bool start(const Piece& piece);
  bool refill(Slot& slot);
  bool finish(Slot& slot);
  bool finish_done();
  void compress(std::size_t blocks);
  void compress_group(std::size_t first, const sha256::Kernel& kernel, std::size_t blocks);
  bool failed(const Piece& piece, Error error);

  const sha256::Choice& kernels_;
  Shared& shared_;
  PieceOpener opener_;
  AlignedBuffer memory_;
  std::vector<Slot> slots_;
  std::vector<Slot*> live_;
  std::vector<Slot*> free_;
  std::span<const Piece> batch_;  ///< Taken and not started.
};

}  // namespace hallmark::hash::engine

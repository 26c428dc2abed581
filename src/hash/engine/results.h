#pragma once

#include <atomic>
#include <cstddef>
#include <mutex>
#include <optional>
#include <vector>

#include "hallmark/base/progress.h"
#include "hash/engine/piece_reader.h"
#include "hash/engine/plan.h"

namespace hallmark::hash::engine {

/// The failure of the file that comes first in the list, among those that were seen.
class FirstFailure {
 public:
  void note(std::size_t file, Error error) {
    const std::scoped_lock lock(mutex_);
    if (file < file_) {
      file_ = file;
      error_ = std::move(error);
    }
    any_ = true;
  }

  [[nodiscard]] bool any() const { return any_; }

  /// To be called when the threads are done.
  std::optional<Error> take() { return std::move(error_); }

 private:
  std::mutex mutex_;
  std::size_t file_ = static_cast<std::size_t>(-1);  // guarded by mutex_
  std::optional<Error> error_;                       // guarded by mutex_
  std::atomic<bool> any_{false};
};

/// Tells of files when the last of their pieces is done.
class FileCounter {
 public:
  FileCounter(const Plan& plan, std::size_t files, base::ProgressSink& progress)
      : progress_(progress), pieces_left_(files), total_(plan.pieces.size()) {
    for (const Piece& piece : plan.pieces) {
      pieces_left_[piece.file].fetch_add(1, std::memory_order_relaxed);
    }
  }

  void piece_done(const Piece& piece) {
    done_.fetch_add(1, std::memory_order_relaxed);
    if (pieces_left_[piece.file].fetch_sub(1, std::memory_order_relaxed) == 1) progress_.on_file();
  }

  /// Whether every piece of the plan was done.
  [[nodiscard]] bool all_done() const { return done_.load() == total_; }

 private:
  base::ProgressSink& progress_;
  std::vector<std::atomic<std::size_t>> pieces_left_;
  std::size_t total_;
  std::atomic<std::size_t> done_{0};
};

/// What the threads of a job have in common. Each result is written by the one thread that has its
/// piece.
struct Shared {
  PieceSource& source;
  std::span<Digest> digests;
  FileCounter& files;
  FirstFailure& failure;

  /// Keeps the digest of a piece that was read and closed without a failure.
  void piece_done(const Piece& piece, const Digest& digest) {
    if (piece.result != Piece::kNoResult) digests[piece.result] = digest;
    files.piece_done(piece);
  }
};

/// Hashes pieces one after another by `hash(piece)` until there are no more, or until any thread
/// has failed. False on failure.
template <typename Hash>
bool work_off(Shared& shared, const PieceOpener& opener, const Hash& hash) {
  for (auto batch = shared.source.take(); !batch.empty(); batch = shared.source.take()) {
    for (const Piece& piece : batch) {
      if (shared.failure.any()) return false;
      auto hashed = hash(piece);
      if (hashed) continue;
      shared.failure.note(piece.file, std::move(hashed.error()));
      shared.source.stop();
      return false;
    }
  }
  auto checked = opener.check_directories();
  if (checked) return true;
  shared.failure.note(0, std::move(checked.error()));
  return false;
}

}  // namespace hallmark::hash::engine

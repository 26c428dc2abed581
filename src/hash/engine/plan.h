#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <vector>

#include "hallmark/hash/file_hasher.h"

namespace hallmark::hash::engine {

/// A run of bytes of one file that is hashed by one thread.
struct Piece {
  /// In the place of `result`: the file is only looked at, an empty one among shards.
  static constexpr std::size_t kNoResult = static_cast<std::size_t>(-1);

  std::size_t file = 0;  ///< Index into the list of files.
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::size_t result = kNoResult;  ///< Index into the list of results.
};

/// Which bytes give which result, in the order in which to work: long pieces first, the longest of
/// them foremost, so that no thread is left alone with one at the end; short ones in the order of
/// the list, so that neighbours share the directory that they are opened from.
struct Plan {
  std::vector<Piece> pieces;
  std::size_t long_pieces = 0;  ///< How many of `pieces`, from the start, are long.
  std::size_t results = 0;
  std::uint64_t bytes = 0;
};

/// Pieces up to this length are short.
inline constexpr std::uint64_t kLongestShortPiece = std::uint64_t{64} << 10;

/// One piece a digest: whole files for a `shard_size` of 0, else shards.
Plan plan_pieces(std::span<const FileToHash* const> files, std::uint64_t shard_size);

/// Hands a plan's pieces to threads.
class PieceSource {
 public:
  explicit PieceSource(const Plan& plan) : plan_(plan) {}

  /// The next pieces for one thread: a long one, or some short ones. Empty when there are no more.
  std::span<const Piece> take();

  /// No more pieces are handed out.
  void stop();

 private:
  const Plan& plan_;
  std::mutex mutex_;
  std::size_t next_ = 0;  // guarded by mutex_
};

}  // namespace hallmark::hash::engine

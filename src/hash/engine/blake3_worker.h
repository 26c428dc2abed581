#pragma once

#include <vector>

#include "hallmark/hash/hasher.h"
#include "hash/blake3/subtree.h"
#include "hash/engine/aligned_buffer.h"
#include "hash/engine/piece_reader.h"
#include "hash/engine/results.h"

namespace hallmark::hash::engine {

/// A plan in which long pieces are cut, so that several threads can hash one of them.
///
/// Results below `digests` are digests as before. A run of bytes of a piece that was cut has as its
/// result `digests` and the index of its first chaining value; there is one for every `value_size`
/// bytes, a MiB times a power of two.
struct Blake3Plan {
  struct Cut {
    std::size_t result = Piece::kNoResult;  ///< Of the whole piece.
    std::size_t first_value = 0;
    std::size_t values = 0;
  };

  Plan runs;
  std::vector<Cut> cuts;
  std::size_t digests = 0;
  std::size_t values = 0;
  std::uint64_t value_size = 0;
};

/// So many chaining values of a job are kept, 16 MiB of them; a file may have no contents to speak
/// of and still be as long as a file can be.
inline constexpr std::size_t kMostValues = std::size_t{1} << 19;

/// Cuts so that there are `most_values` at most.
Blake3Plan cut_for_blake3(const Plan& plan, std::size_t most_values = kMostValues);

/// Hashes runs, and pieces that were not cut, on one thread.
class Blake3Worker {
 public:
  Blake3Worker(const Job& job, const Blake3Plan& plan, std::span<blake3::ChainingValue> values,
               Shared& shared);

  /// Works until there are no more pieces, or until any thread has failed. False on failure.
  bool run();

 private:
  Result<void> hash(const Piece& piece);
  Result<void> hash_run(OpenPiece& opened);
  Result<blake3::ChainingValue> hash_value(OpenPiece& opened, std::uint64_t first_chunk);

  std::size_t digests_;
  std::uint64_t value_size_;
  std::span<const Blake3Plan::Cut> cuts_;
  std::span<blake3::ChainingValue> values_;
  Shared& shared_;
  PieceOpener opener_;
  Hasher hasher_;
  blake3::Merging merging_;
  AlignedBuffer buffer_;
};

/// The digests of the pieces that were cut, once all values are there.
void merge_values(const Blake3Plan& plan, std::span<const blake3::ChainingValue> values,
                  std::span<Digest> digests);

}  // namespace hallmark::hash::engine

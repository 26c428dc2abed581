#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/hash/digest.h"

// BLAKE3 of one message by several threads.
//
// BLAKE3 is a tree: the leaves are chunks of 1 KiB, a left child always holds the largest power of
// two of chunks that leaves something for the right one. So a message that is cut into parts of one
// size, a power of two of chunks, is cut exactly at nodes of its tree: each part gives a chaining
// value by itself, in any order and on any thread, and these few values give the digest:
//
//     parts[i] = subtree(bytes of part i, i * part size / kChunkSize);
//     digest = merge_root(parts);
//
// The last part may be shorter. A message of a single part has no such node: hash it in one go.

namespace hallmark::hash::blake3 {

inline constexpr std::size_t kChunkSize = 1024;

/// What a node of the tree hands to its parent.
using ChainingValue = std::array<std::uint8_t, 32>;

/// Whether the functions below can be used: only where BLAKE3 was built from its sources. A
/// system's libblake3 keeps its nodes to itself, and messages are hashed by one thread.
bool has_subtrees();

/// The chaining value of a part that is not the whole message. `first_chunk` is the number of
/// chunks before it. The part is a power of two of whole chunks and starts at a multiple of its
/// size, or it is the message's last one, which may be shorter but not empty.
ChainingValue subtree(ByteView part, std::uint64_t first_chunk);

/// The chaining value of the node above a power of two of neighbouring parts of one size: a larger
/// part. There is at least one.
ChainingValue merge(std::span<const ChainingValue> parts);

/// Joins neighbouring parts of one size into a larger part as they come; the message's last one may
/// be shorter. Keeps a few values only, however many there are.
class Merging {
 public:
  void add(const ChainingValue& part);

  /// What all parts since the last `finish` are together. There was at least one.
  ChainingValue finish();

 private:
  void join_last_two();

  std::vector<ChainingValue> joined_;  ///< Each of more parts than the next.
  std::uint64_t count_ = 0;
};

/// The digest of the message: all of its parts, at least two.
Digest merge_root(std::span<const ChainingValue> parts);

}  // namespace hallmark::hash::blake3

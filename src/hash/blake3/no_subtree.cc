// Where BLAKE3 is the system's library, which does not give its inner nodes away.

#include "hash/blake3/subtree.h"

namespace hallmark::hash::blake3 {

bool has_subtrees() { return false; }

ChainingValue subtree(ByteView /*part*/, std::uint64_t /*first_chunk*/) {
  HALLMARK_CHECK(has_subtrees());
  return {};
}

ChainingValue merge(std::span<const ChainingValue> /*parts*/) {
  HALLMARK_CHECK(has_subtrees());
  return {};
}

Digest merge_root(std::span<const ChainingValue> /*parts*/) {
  HALLMARK_CHECK(has_subtrees());
  return *Digest::create(Algorithm::kBlake3, ChainingValue{});
}

}  // namespace hallmark::hash::blake3

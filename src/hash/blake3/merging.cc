#include "hallmark/base/result.h"
#include "hash/blake3/subtree.h"

namespace hallmark::hash::blake3 {

// Two values of one size are joined as soon as they stand side by side, as a binary counter
// carries.
void Merging::add(const ChainingValue& part) {
  joined_.push_back(part);
  ++count_;
  for (std::uint64_t rest = count_; rest % 2 == 0; rest /= 2) join_last_two();
}

// What is left has sizes that fall, and the left child of a node has the largest power of two.
ChainingValue Merging::finish() {
  HALLMARK_CHECK(!joined_.empty());
  while (joined_.size() > 1) join_last_two();
  const ChainingValue whole = joined_.front();
  joined_.clear();
  count_ = 0;
  return whole;
}

void Merging::join_last_two() {
  const ChainingValue both = merge(std::span(joined_).last(2));
  joined_.pop_back();
  joined_.back() = both;
}

}  // namespace hallmark::hash::blake3

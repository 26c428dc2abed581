#include "hash/blake3/subtree.h"

#include <algorithm>
#include <numeric>
#include <thread>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "hallmark/hash/hasher.h"
#include "testing/lengths.h"

namespace hallmark::hash::blake3 {
namespace {

using hallmark::testing::kEdgeLengths;
using hallmark::testing::message_of_length;

class SubtreeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!has_subtrees()) GTEST_SKIP() << "the system's libblake3 has no subtrees";
  }
};

Digest in_one_go(ByteView message) { return hash_bytes(Algorithm::kBlake3, message); }

// The parts' chaining values, in order; `part_size` is a power of two of chunks.
std::vector<ChainingValue> cut(ByteView message, std::size_t part_size) {
  std::vector<ChainingValue> parts;
  for (std::size_t at = 0; at < message.size(); at += part_size) {
    const std::size_t length = std::min(part_size, message.size() - at);
    parts.push_back(subtree(message.subspan(at, length), at / kChunkSize));
  }
  return parts;
}

TEST_F(SubtreeTest, GivesTheSameDigestWhereverTheMessageIsCut) {
  for (const std::size_t length : kEdgeLengths) {
    const Bytes message = message_of_length(length);
    const Digest expected = in_one_go(message);
    for (std::size_t part = kChunkSize; part < length; part *= 2) {
      EXPECT_EQ(merge_root(cut(message, part)), expected) << length << " cut at " << part;
    }
  }
}

TEST_F(SubtreeTest, GivesTheSameDigestForEveryNumberOfChunks) {
  const Bytes message = message_of_length(200 * kChunkSize);
  for (std::size_t chunks = 2; chunks <= 200; ++chunks) {
    const ByteView start = ByteView(message).first(chunks * kChunkSize - chunks % 3);
    EXPECT_EQ(merge_root(cut(start, kChunkSize)), in_one_go(start)) << chunks;
  }
}

TEST_F(SubtreeTest, MergesPartsIntoALargerPart) {
  const Bytes message = message_of_length(16 * kChunkSize);
  const std::vector<ChainingValue> small = cut(message, kChunkSize);
  const std::span<const ChainingValue> parts(small);
  for (const std::size_t n : {1U, 2U, 4U, 8U}) {
    const ByteView part = ByteView(message).subspan(8 * kChunkSize, n * kChunkSize);
    EXPECT_EQ(merge(parts.subspan(8, n)), subtree(part, 8)) << n;
  }
}

TEST_F(SubtreeTest, JoinsAnyNumberOfPartsAsTheyCome) {
  const Bytes message = message_of_length(40 * kChunkSize);
  Merging merging;
  for (std::size_t length = kChunkSize + 1; length <= message.size(); length += 511) {
    const ByteView start = ByteView(message).first(length);
    // Large parts, each put together from small ones.
    for (const std::size_t large : {2U, 4U, 16U}) {
      if (length <= large * kChunkSize) continue;
      std::vector<ChainingValue> parts;
      for (std::size_t at = 0; at < length; at += large * kChunkSize) {
        const ByteView part = start.subspan(at, std::min(large * kChunkSize, length - at));
        for (std::size_t done = 0; done < part.size(); done += kChunkSize) {
          const std::size_t n = std::min(kChunkSize, part.size() - done);
          merging.add(subtree(part.subspan(done, n), (at + done) / kChunkSize));
        }
        parts.push_back(merging.finish());
      }
      EXPECT_EQ(merge_root(parts), in_one_go(start)) << length << " in parts of " << large;
    }
  }
}

TEST_F(SubtreeTest, DependsOnWhereThePartStands) {
  const Bytes part = message_of_length(kChunkSize);
  EXPECT_NE(subtree(part, 0), subtree(part, 1));
  EXPECT_NE(subtree(part, 0), subtree(part, std::uint64_t{1} << 32U));
}

TEST_F(SubtreeTest, LetsThreadsHashOneMessage) {
  const Bytes message = message_of_length(3'000'001);
  constexpr std::size_t kPart = std::size_t{64} << 10U;
  std::vector<ChainingValue> parts((message.size() + kPart - 1) / kPart);
  const auto hash_every_third = [&](std::size_t first) {
    for (std::size_t i = first; i < parts.size(); i += 3) {
      const std::size_t length = std::min(kPart, message.size() - i * kPart);
      parts[i] = subtree(ByteView(message).subspan(i * kPart, length), i * kPart / kChunkSize);
    }
  };
  std::thread one(hash_every_third, 0);
  std::thread two(hash_every_third, 1);
  hash_every_third(2);
  one.join();
  two.join();
  EXPECT_EQ(merge_root(parts), in_one_go(message));
}

RC_GTEST_PROP(SubtreePropertyTest, GivesTheSameDigestForOddSizes, ()) {
  if (!has_subtrees()) return;
  const auto length = *rc::gen::inRange<std::size_t>(kChunkSize + 1, 300'000);
  const auto exponent = *rc::gen::inRange<unsigned>(0, 10);
  const std::size_t part = kChunkSize << exponent;
  RC_PRE(part < length);
  const Bytes message = message_of_length(length);
  RC_ASSERT(merge_root(cut(message, part)) == in_one_go(message));
}

}  // namespace
}  // namespace hallmark::hash::blake3

#include "hash/sha256/padding.h"

#include <vector>

#include <gtest/gtest.h>

#include "hallmark/base/bytes.h"
#include "hallmark/base/hex.h"
#include "hash/sha256/kernel.h"

namespace hallmark::hash::sha256 {
namespace {

TEST(PaddingTest, EndsWithTheLengthInBits) {
  std::vector<std::uint8_t> end(kLongestEnd, 0xFF);
  end[0] = 'a';
  end[1] = 'b';
  end[2] = 'c';
  ASSERT_EQ(write_padding(end, 3), 1U);
  EXPECT_EQ(base::encode_hex(ByteView(end).first(kBlockSize)),
            "61626380" + std::string(104, '0') + "0000000000000018");
  EXPECT_EQ(end[kBlockSize], 0xFF);
}

TEST(PaddingTest, TakesASecondBlockWhereTheLengthFindsNoRoom) {
  for (std::size_t used = 0; used < kBlockSize; ++used) {
    std::vector<std::uint8_t> end(kLongestEnd, 0xFF);
    const std::size_t blocks = write_padding(end, 640 + used);
    EXPECT_EQ(blocks, used < 56 ? 1U : 2U) << used;
    EXPECT_EQ(end[used], 0x80) << used;
    for (std::size_t i = used + 1; i < blocks * kBlockSize - 8; ++i) EXPECT_EQ(end[i], 0) << used;
  }
}

TEST(PaddingTest, NeedsNoMoreRoomThanItFills) {
  std::vector<std::uint8_t> end(kBlockSize);
  EXPECT_EQ(write_padding(end, 55), 1U);
  EXPECT_DEATH(write_padding(end, 56), "end.size");
}

TEST(PaddingTest, WritesLengthsBeyond32Bits) {
  std::vector<std::uint8_t> end(kLongestEnd);
  ASSERT_EQ(write_padding(end, std::uint64_t{0x0123456789ABCDC0}), 1U);
  EXPECT_EQ(base::encode_hex(ByteView(end).subspan(56, 8)), "091a2b3c4d5e6e00");
}

TEST(DigestBytesTest, AreBigEndian) {
  EXPECT_EQ(base::encode_hex(digest_bytes(initial_state())),
            "6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19");
}

}  // namespace
}  // namespace hallmark::hash::sha256

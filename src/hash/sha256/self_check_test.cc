#include "hash/sha256/self_check.h"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "hash/sha256/libcrypto.h"

namespace hallmark::hash::sha256 {
namespace {

constexpr std::size_t kWidth = 4;

void compress_rightly(Lane* const* lanes, std::size_t blocks) {
  for (std::size_t i = 0; i < kWidth; ++i) compress_libcrypto(lanes + i, blocks);
}

// One bit of one word of the last lane.
void compress_wrongly(Lane* const* lanes, std::size_t blocks) {
  compress_rightly(lanes, blocks);
  lanes[kWidth - 1]->state.words[7] ^= 0x80000000U;
}

void compress_without_moving_on(Lane* const* lanes, std::size_t blocks) {
  compress_rightly(lanes, blocks);
  lanes[0]->data -= kBlockSize;
}

// Right for one block, as a kernel with a broken loop would be.
void compress_one_block_only(Lane* const* lanes, std::size_t blocks) {
  if (blocks == 0) return;
  compress_rightly(lanes, 1);
  for (std::size_t i = 0; i < kWidth; ++i) lanes[i]->data += (blocks - 1) * kBlockSize;
}

TEST(SelfCheckTest, PassesEveryKernelOfThisMachine) {
  for (const Kernel& kernel : kernels_of_this_machine()) {
    EXPECT_TRUE(agrees_with_libcrypto(kernel)) << kernel.name;
  }
}

TEST(SelfCheckTest, RejectsKernelsThatAreWrong) {
  EXPECT_TRUE(agrees_with_libcrypto({"right", kWidth, compress_rightly}));
  EXPECT_FALSE(agrees_with_libcrypto({"wrong", kWidth, compress_wrongly}));
  EXPECT_FALSE(agrees_with_libcrypto({"stuck", kWidth, compress_without_moving_on}));
  EXPECT_FALSE(agrees_with_libcrypto({"short", kWidth, compress_one_block_only}));
}

TEST(SelfChecksTest, RememberBothOutcomes) {
  int checked = 0;
  SelfChecks checks([&](const Kernel& kernel) {
    ++checked;
    return agrees_with_libcrypto(kernel);
  });
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(checks.passes({"right", kWidth, compress_rightly}));
    EXPECT_FALSE(checks.passes({"wrong", kWidth, compress_wrongly}));
  }
  EXPECT_EQ(checked, 2);
}

TEST(SelfChecksTest, CheckOnceWhateverThreadsAsk) {
  std::atomic<int> checked{0};
  SelfChecks checks([&](const Kernel&) {
    ++checked;
    return true;
  });
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (const Kernel& kernel : kernels_of_this_machine()) checks.passes(kernel);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(static_cast<std::size_t>(checked), kernels_of_this_machine().size());
}

}  // namespace
}  // namespace hallmark::hash::sha256

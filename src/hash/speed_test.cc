#include "hallmark/hash/speed.h"

#include <filesystem>
#include <set>

#include "hash/sha256/kernel.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::hash {
namespace {

using testing::FailsWith;
using ::testing::HasSubstr;
using testing::IsOk;

constexpr SpeedEffort kLittle{.samples = 1, .hashed = 1, .copied = 1000, .file_size = 100'000};

class SpeedTest : public ::testing::Test {
 protected:
  Result<Speeds> measure() { return measure_speeds(folder_.path(), kLittle, log_, cancellation_); }

  testing::TemporaryDirectory folder_;
  base::CollectingLog log_;
  base::Cancellation cancellation_;
};

TEST_F(SpeedTest, MeasuresEveryKernelOfTheMachine) {
  const auto speeds = measure();
  ASSERT_THAT(speeds, IsOk());
  const auto kernels = sha256::kernels_of_this_machine();
  ASSERT_EQ(speeds->kernels.size(), kernels.size());
  for (std::size_t i = 0; i < kernels.size(); ++i) {
    EXPECT_EQ(speeds->kernels[i].kernel, kernels[i].name);
    EXPECT_EQ(speeds->kernels[i].messages, kernels[i].width);
    EXPECT_GT(speeds->kernels[i].bytes_per_second, 0U);
  }
}

TEST_F(SpeedTest, ChoosesAKernelOfTheMachineForEachNumberOfMessages) {
  const auto speeds = measure();
  ASSERT_THAT(speeds, IsOk());
  std::set<std::string_view> names;
  for (const sha256::Kernel& kernel : sha256::kernels_of_this_machine()) names.insert(kernel.name);
  std::vector<std::size_t> counts;
  for (const KernelChoice& choice : speeds->choices) {
    counts.push_back(choice.messages);
    EXPECT_TRUE(names.contains(choice.kernel)) << choice.kernel;
  }
  EXPECT_EQ(counts, (std::vector<std::size_t>{1, 2, 4, 16}));
}

TEST_F(SpeedTest, MeasuresAlgorithmsMemoryAndReading) {
  const auto speeds = measure();
  ASSERT_THAT(speeds, IsOk());
  ASSERT_EQ(speeds->algorithms.size(), 3U);
  for (const AlgorithmSpeed& one : speeds->algorithms) EXPECT_GT(one.bytes_per_second, 0U);
  ASSERT_EQ(speeds->reads.size(), 2U);
  for (const ReadSpeed& one : speeds->reads) EXPECT_GT(one.bytes_per_second, 0U);
  EXPECT_GT(speeds->copied_per_second, 0U);
}

TEST_F(SpeedTest, LeavesNothingBehind) {
  ASSERT_THAT(measure(), IsOk());
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(SpeedTest, NeedsTheDirectory) {
  EXPECT_THAT(measure_speeds(folder_.path("none"), kLittle, log_, cancellation_),
              FailsWith(Code::kNotFound, HasSubstr("none")));
}

TEST_F(SpeedTest, StopsWhenItIsAskedTo) {
  cancellation_.request();
  EXPECT_THAT(measure(), FailsWith(Code::kCancelled, "interrupted"));
}

}  // namespace
}  // namespace hallmark::hash

#include "hash/engine/lane_worker.h"

#include <array>
#include <atomic>
#include <filesystem>

#include <gtest/gtest.h>

#include "hash/sha256/libcrypto.h"
#include "testing/files_to_hash.h"
#include "testing/progress_spy.h"

namespace hallmark::hash::engine {
namespace {

using hallmark::testing::FilesToHash;
using hallmark::testing::ProgressSpy;
using sha256::Lane;
using sha256::Step;

// Kernels that count their calls, by width.
std::array<std::atomic<int>, sha256::kWidest + 1> calls;

template <std::size_t kWidth>
void count_and_compress(Lane* const* lanes, std::size_t blocks) {
  ++calls[kWidth];
  for (std::size_t i = 0; i < kWidth; ++i) sha256::compress_libcrypto(lanes + i, blocks);
}

template <std::size_t kWidth>
Step step_from(std::size_t messages) {
  return {{"counting", kWidth, count_and_compress<kWidth>}, messages};
}

class LaneWorkerTest : public ::testing::Test {
 protected:
  LaneWorkerTest() {
    for (auto& count : calls) count = 0;
  }

  // Hashes all files on this thread.
  bool run(std::vector<Step> steps, std::size_t lanes) {
    const base::Directory root = files_.root();
    const std::vector<const FileToHash*> files = files_.lent();
    const Job job{root, files, progress_, cancellation_};
    const Plan plan = plan_pieces(files, 0);
    PieceSource source(plan);
    digests_.assign(plan.results, Digest::zero(Algorithm::kSha256));
    FileCounter counter(plan, files.size(), progress_);
    Shared shared{source, digests_, counter, failure_};
    const sha256::Choice kernels{std::move(steps), {}};
    return LaneWorker(job, kernels, lanes, shared).run();
  }

  FilesToHash files_;
  ProgressSpy progress_;
  base::Cancellation cancellation_;
  FirstFailure failure_;
  std::vector<Digest> digests_;
};

TEST_F(LaneWorkerTest, HashesWithTheKernelsOfTheChoiceAndNoOther) {
  for (int i = 0; i < 40; ++i) files_.add(5'000);
  ASSERT_TRUE(run({step_from<1>(1), step_from<2>(2), step_from<16>(9)}, 16));
  EXPECT_EQ(digests_, files_.digests({}));
  EXPECT_GT(calls[16], 0);
  EXPECT_EQ(calls[4], 0);
}

TEST_F(LaneWorkerTest, TakesNarrowerKernelsAsPiecesRunOut) {
  for (const std::size_t length : {1'000'000U, 600'000U, 300'000U, 200'000U}) files_.add(length);
  ASSERT_TRUE(run({step_from<1>(1), step_from<2>(2), step_from<4>(3)}, 4));
  EXPECT_EQ(digests_, files_.digests({}));
  EXPECT_GT(calls[4], 0);
  EXPECT_GT(calls[2], 0);
  EXPECT_GT(calls[1], 0);
}

TEST_F(LaneWorkerTest, FillsLanesUpWhereMessagesAreTooFew) {
  for (std::size_t i = 1; i <= 3; ++i) files_.add(i * 1'000);
  ASSERT_TRUE(run({step_from<16>(1)}, 3));
  EXPECT_EQ(digests_, files_.digests({}));
  EXPECT_GT(calls[16], 0);
}

TEST_F(LaneWorkerTest, RunsAKernelSeveralTimesARoundForMoreLanesThanItHas) {
  for (int i = 0; i < 5; ++i) files_.add(100);
  ASSERT_TRUE(run({step_from<2>(1)}, 5));
  EXPECT_EQ(digests_, files_.digests({}));
  EXPECT_EQ(calls[2], 3);  // 2, 2 and 1 lanes, of two blocks each
}

TEST_F(LaneWorkerTest, NotesTheFileThatFailed) {
  for (int i = 0; i < 3; ++i) files_.add(100);
  std::filesystem::remove(files_.path(1));
  EXPECT_FALSE(run({step_from<1>(1)}, 1));
  const auto error = failure_.take();
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code, Code::kNotFound);
}

}  // namespace
}  // namespace hallmark::hash::engine

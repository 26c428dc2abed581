#include "hash/engine/blake3_worker.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "testing/lengths.h"
#include "testing/lent_files.h"
#include "testing/temporary_directory.h"

namespace hallmark::hash::engine {
namespace {

using hallmark::testing::lend;

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;
constexpr std::uint64_t kHalfTiB = std::uint64_t{1} << 39;

class Blake3WorkerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!blake3::has_subtrees()) GTEST_SKIP() << "the system's libblake3 has no subtrees";
  }
};

Plan plan_of(std::initializer_list<std::uint64_t> lengths) {
  std::vector<FileToHash> files;
  for (const std::uint64_t length : lengths) {
    files.emplace_back().listed.size = length;
  }
  return plan_pieces(lend(files), 0);
}

TEST_F(Blake3WorkerTest, KeepsAValueAMiBWhereThatIsLittle) {
  const Blake3Plan plan = cut_for_blake3(plan_of({100 * kMiB + 1, 17 * kMiB, 16 * kMiB, 5}));
  EXPECT_EQ(plan.value_size, kMiB);
  EXPECT_EQ(plan.values, 101U + 17U);
  EXPECT_EQ(plan.runs.pieces.size(), 7U + 2U + 1U + 1U);
}

// Such files take no room on the disk, and nobody knows yet that reading them will not end.
TEST_F(Blake3WorkerTest, KeepsFewValuesHoweverLongFilesAre) {
  constexpr std::uint64_t kLongest = (std::uint64_t{1} << 63U) - 1;
  for (const Plan& plan :
       {plan_of({kLongest}), plan_of({kLongest, kLongest, 17 * kMiB}), plan_of({kHalfTiB}),
        plan_of({kHalfTiB + 1}), plan_of({1ULL << 44U, 1ULL << 50U})}) {
    const Blake3Plan cut = cut_for_blake3(plan);
    EXPECT_LE(cut.values, kMostValues);
    EXPECT_LE(cut.runs.pieces.size(), plan.pieces.size() + kMostValues / 16 + 2);
    std::uint64_t bytes = 0;
    for (const Piece& run : cut.runs.pieces) bytes += run.length;
    std::uint64_t expected = 0;
    for (const Piece& piece : plan.pieces) expected += piece.length;
    EXPECT_EQ(bytes, expected) << "modulo 2^64";
  }
}

TEST_F(Blake3WorkerTest, GivesTheSameDigestWithLargerValues) {
  const hallmark::testing::TemporaryDirectory directory;
  const Bytes message = hallmark::testing::message_of_length(70 * kMiB + 5);
  directory.write("long", text_of(message));
  const base::Directory root = base::Directory::open(directory.path()).value();
  const std::vector<FileToHash> listed{{"long", root.status("long").value()}};
  const std::vector<const FileToHash*> files = lend(listed);
  const Blake3Plan plan = cut_for_blake3(plan_pieces(files, 0), 40);
  ASSERT_EQ(plan.value_size, 2 * kMiB);

  base::NoProgress progress;
  const base::Cancellation cancellation;
  const Job job{root, files, progress, cancellation};
  PieceSource source(plan.runs);
  FileCounter counter(plan.runs, files.size(), progress);
  FirstFailure failure;
  std::vector<Digest> digests(plan.digests, Digest::zero(Algorithm::kBlake3));
  std::vector<blake3::ChainingValue> values(plan.values);
  Shared shared{source, digests, counter, failure};
  ASSERT_TRUE(Blake3Worker(job, plan, values, shared).run());
  merge_values(plan, values, digests);
  EXPECT_EQ(digests, std::vector{hash_bytes(Algorithm::kBlake3, message)});
}

}  // namespace
}  // namespace hallmark::hash::engine

// The engine as a whole, with every kernel of the machine, against hashing in one go.

#include <sys/resource.h>

#include <filesystem>

#include <gtest/gtest.h>

#include "hallmark/hash/file_hasher.h"
#include "hash/engine/hashing_paths.h"
#include "testing/files_to_hash.h"
#include "testing/progress_spy.h"
#include "testing/result_matchers.h"

namespace hallmark::hash::engine {
namespace {

using hallmark::testing::FilesToHash;
using hallmark::testing::HasCode;
using hallmark::testing::IsOkWith;
using hallmark::testing::ProgressSpy;

class EngineTest : public ::testing::Test {
 protected:
  Result<std::vector<Digest>> hash(const HashOptions& options) {
    return hash_files(files_.root(), files_.lent(), options, progress_, cancellation_);
  }

  void expect_right_digests(const HashOptions& options) {
    EXPECT_THAT(hash(options), IsOkWith(files_.digests(options)))
        << to_string(options.algorithm) << ", shards of " << options.shard_size << ", "
        << options.threads << " threads";
  }

  FilesToHash files_;
  ProgressSpy progress_;
  base::Cancellation cancellation_;
};

class EveryKernelEngineTest : public EngineTest,
                              public ::testing::WithParamInterface<std::string_view> {
 private:
  ForcedKernel kernel_{GetParam()};
};

TEST_P(EveryKernelEngineTest, HashesEveryNumberOfFiles) {
  for (std::size_t count = 0; count <= 35; ++count) {
    expect_right_digests({.threads = 2});
    files_.add(count * 4099);
  }
}

TEST_P(EveryKernelEngineTest, HashesLengthsAroundBlocksAndBuffers) {
  for (std::size_t length = 0; length <= 130; ++length) files_.add(length);
  for (const std::size_t edge : {4096U, 48U << 10, 64U << 10, 96U << 10, 192U << 10, 384U << 10}) {
    for (const std::size_t length : {edge - 9, edge - 8, edge - 1, edge, edge + 1})
      files_.add(length);
  }
  for (const std::size_t threads : {1U, 2U, 5U}) expect_right_digests({.threads = threads});
}

TEST_P(EveryKernelEngineTest, HashesShards) {
  for (const std::size_t length : {0U, 1U, 64U, 1000U, 70'000U, 300'001U}) files_.add(length);
  for (const std::uint64_t size : {700U, 4096U, 65'536U, 65'537U, 299'999U, 1'000'000U}) {
    expect_right_digests({.shard_size = size, .threads = 2});
  }
}

// Each file in a directory of its own, so that a lane needs two descriptors. Two threads with all
// lanes of a wide kernel would need more than 26.
TEST_P(EveryKernelEngineTest, OpensNoMoreFilesThanTheProcessMay) {
  for (int i = 0; i < 40; ++i) files_.add_apart(100'000);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  for (const rlim_t most : {rlim_t{26}, rlim_t{48}, rlim_t{64}}) {
    const rlimit few{most, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
    const auto digests = hash({.threads = most < 40 ? std::size_t{2} : std::size_t{16}});
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
    EXPECT_THAT(digests, IsOkWith(files_.digests({}))) << most;
  }
}

std::vector<std::string_view> kernel_names() {
  std::vector<std::string_view> names;
  for (const sha256::Kernel& kernel : sha256::kernels_of_this_machine()) {
    names.push_back(kernel.name);
  }
  return names;
}

INSTANTIATE_TEST_SUITE_P(EveryKernel, EveryKernelEngineTest, ::testing::ValuesIn(kernel_names()),
                         [](const auto& kernel) { return std::string(kernel.param); });

TEST_F(EngineTest, WarnsOfAKernelThatCannotBeHad) {
  files_.add(100);
  const ForcedKernel forced("abacus");
  base::CollectingLog log;
  expect_right_digests({.log = &log});
  ASSERT_EQ(log.warnings().size(), 1U);
  EXPECT_NE(log.warnings().front().find("'abacus'"), std::string::npos);
}

TEST_F(EngineTest, HashesAHundredThousandShards) {
  files_.add(100'000);
  expect_right_digests({.shard_size = 1, .threads = 2});
}

// Long enough to be read ahead, and for BLAKE3 to be cut for several threads.
TEST_F(EngineTest, HashesALoneLongFileByEveryAlgorithm) {
  files_.add((std::size_t{33} << 20) + 7);
  for (const Algorithm algorithm : kAlgorithms) {
    for (const std::size_t threads : {1U, 2U, 3U}) {
      expect_right_digests({.algorithm = algorithm, .threads = threads});
    }
  }
}

TEST_F(EngineTest, CutsLongBlake3MessagesBetweenShortOnes) {
  for (const std::size_t length : {std::size_t{5}, std::size_t{17} << 20, std::size_t{1} << 20,
                                   (std::size_t{32} << 20) + 1, (std::size_t{16} << 20) + 1025}) {
    files_.add(length);
  }
  for (const std::uint64_t shard_size : {std::uint64_t{0}, std::uint64_t{17'000'000}}) {
    expect_right_digests({.algorithm = Algorithm::kBlake3, .shard_size = shard_size, .threads = 3});
  }
  EXPECT_EQ(progress_.files(), 10U);
}

TEST_F(EngineTest, ReadsPastThePageCacheToTheSameDigests) {
  for (const std::size_t length : {10U, 4096U, 2'000'000U, 9'000'001U}) files_.add(length);
  for (const Algorithm algorithm : kAlgorithms) {
    for (const std::uint64_t shard_size : {0U, 1'048'577U, 4'194'304U}) {
      expect_right_digests(
          {.algorithm = algorithm, .shard_size = shard_size, .threads = 2, .direct = true});
    }
  }
}

TEST_F(EngineTest, SeesThatALoneLongFileIsCutWhileItIsRead) {
  constexpr std::size_t kLength = std::size_t{20} << 20;
  files_.add(kLength);
  for (const Algorithm algorithm : kAlgorithms) {
    std::filesystem::resize_file(files_.path(0), kLength);
    files_.list_again(0);
    ProgressSpy cut([&] { std::filesystem::resize_file(files_.path(0), 10); });
    EXPECT_THAT(hash_files(files_.root(), files_.lent(), {.algorithm = algorithm, .threads = 2},
                           cut, cancellation_),
                HasCode(Code::kFileChanged));
  }
}

}  // namespace
}  // namespace hallmark::hash::engine

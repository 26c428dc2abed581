// A file of 100 GB, nearly all of it a hole. That takes minutes, so it has to be asked for.

#include <sys/resource.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

#include <gtest/gtest.h>

#include "hallmark/hash/file_hasher.h"
#include "hallmark/hash/hasher.h"
#include "testing/lent_files.h"
#include "testing/progress_spy.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::hash {
namespace {

using hallmark::testing::IsOkWith;
using hallmark::testing::lend;
using hallmark::testing::ProgressSpy;
using hallmark::testing::TemporaryDirectory;

constexpr std::uint64_t kShard = 1'000'000'000;
constexpr std::uint64_t kSize = 100 * kShard + 7;

// Of zeros and, where the file ends, a one.
Digest digest_of(Algorithm algorithm, std::uint64_t size, bool has_end) {
  const Bytes zeros(std::size_t{1} << 20);
  Hasher hasher(algorithm);
  const std::uint64_t count = size - (has_end ? 1 : 0);
  for (std::uint64_t done = 0; done < count; done += zeros.size()) {
    hasher.update(ByteView(zeros).first(std::min<std::uint64_t>(zeros.size(), count - done)));
  }
  if (has_end) hasher.update(Bytes{1});
  return hasher.finish();
}

std::uint64_t most_memory_so_far() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

class HugeFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* const asked = std::getenv("HALLMARK_SLOW_TESTS");
    if (asked == nullptr || std::string_view(asked) != "1") {
      GTEST_SKIP() << "takes minutes: HALLMARK_SLOW_TESTS=1 runs it";
    }
    directory_.write("huge", "");
    std::error_code error;
    std::filesystem::resize_file(directory_.path("huge"), kSize - 1, error);
    if (error) GTEST_SKIP() << "no sparse file of 100 GB in " << directory_.path();
    std::ofstream(directory_.path("huge"), std::ios::app) << '\x01';
  }

  void expect_digests(const HashOptions& options, const std::vector<Digest>& digests) {
    const auto root = base::Directory::open(directory_.path()).value();
    const std::vector<FileToHash> files = {{"huge", root.status("huge").value()}};
    ProgressSpy spy;
    const std::uint64_t before = most_memory_so_far();
    EXPECT_THAT(hash_files(root, lend(files), options, spy, base::Cancellation()),
                IsOkWith(digests));
    EXPECT_EQ(spy.bytes(), kSize);
    EXPECT_LT(most_memory_so_far() - before, std::uint64_t{80} << 20);
  }

  TemporaryDirectory directory_;
};

TEST_F(HugeFileTest, HasOneDigestBySha256) {
  expect_digests({.threads = 2}, {digest_of(Algorithm::kSha256, kSize, true)});
}

TEST_F(HugeFileTest, HasOneDigestByBlake3) {
  expect_digests({.algorithm = Algorithm::kBlake3, .threads = 2},
                 {digest_of(Algorithm::kBlake3, kSize, true)});
}

TEST_F(HugeFileTest, HasADigestForEachShard) {
  std::vector<Digest> digests(100, digest_of(Algorithm::kSha256, kShard, false));
  digests.push_back(digest_of(Algorithm::kSha256, kSize % kShard, true));
  expect_digests({.shard_size = kShard, .threads = 2}, digests);
}

}  // namespace
}  // namespace hallmark::hash

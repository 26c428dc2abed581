#include "hallmark/model/digest.h"

#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"
#include "hallmark/manifest/manifest.h"
#include "testing/model_context.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::model {
namespace {

using hallmark::testing::IsOk;
using hallmark::testing::TemporaryDirectory;

class DigestTest : public ::testing::Test {
 protected:
  std::string digest(Compatibility compatibility = Compatibility::kNone) {
    auto report =
        digest_model(directory_.path("model"), options_, hashing_, compatibility, context_.get());
    if (!report) return std::string(name_of(report.error().code));
    return report->digest.hex();
  }

  TemporaryDirectory directory_;
  FileOptions options_;
  HashingOptions hashing_;
  TestContext context_;
};

// Digests of "1" and "2", whose order decides: sha256sum over the raw digests, as a shell gives it.
constexpr std::string_view kOneTwo =
    "4295f72eeb1e3507b8461e240e3b8d18c1e7bd2f1122b11fc9ec40a65894031a";
constexpr std::string_view kTwoOne =
    "940ed9abddfb5ef28004408546bc5043cda391232b6afe07267f9f8ed2b500c9";

TEST_F(DigestTest, OrdersFilesByWholeNameOrAsTheReference) {
  directory_.write("model/a-b", "1");
  directory_.write("model/a/b", "2");
  EXPECT_EQ(digest(), kOneTwo);
  EXPECT_EQ(digest(Compatibility::kReference), kTwoOne);
}

TEST_F(DigestTest, LeavesOutGitUnlessToldOtherwise) {
  directory_.write("model/a", "1");
  directory_.write("model/b", "2");
  directory_.write("model/.git/HEAD", "3");
  EXPECT_EQ(digest(), kOneTwo);
  options_.ignore_git_paths = false;
  EXPECT_NE(digest(), kOneTwo);
}

TEST_F(DigestTest, RefusesIgnoredPathsOutside) {
  directory_.write("model/a", "1");
  options_.ignore_paths = {directory_.path("elsewhere")};
  EXPECT_EQ(digest(), "path_outside_model");
}

TEST_F(DigestTest, RefusesAnEmptyModel) {
  directory_.make_directory("model");
  EXPECT_EQ(digest(), "model_empty");
}

// The same digests as above, of shards of one byte.
TEST_F(DigestTest, OrdersShardsByWholeNameOrAsTheReference) {
  hashing_.shard_size = 1;
  directory_.write("model/a-b", "1");
  directory_.write("model/a/b", "2");
  EXPECT_EQ(digest(), kOneTwo);
  EXPECT_EQ(digest(Compatibility::kReference), kTwoOne);
}

TEST_F(DigestTest, OrdersOffsetsAsTextOrAsTheReference) {
  directory_.write("model/a", "0123456789x");
  hashing_.shard_size = 1;
  EXPECT_NE(digest(), digest(Compatibility::kReference));
  hashing_.shard_size = 2;
  EXPECT_NE(digest(), digest(Compatibility::kReference));
  hashing_.shard_size = 3;
  EXPECT_EQ(digest(), digest(Compatibility::kReference));
}

TEST_F(DigestTest, IsSha256OverTheDigestsOfAnyAlgorithm) {
  directory_.write("model/a", "1");
  for (const hash::Algorithm algorithm : hash::kAlgorithms) {
    hashing_.algorithm = algorithm;
    const hash::Digest inner = hash::hash_bytes(algorithm, bytes_of("1"));
    EXPECT_EQ(digest(), hash::hash_bytes(hash::Algorithm::kSha256, inner.bytes()).hex());
  }
}

TEST_F(DigestTest, TellsWhatHasNoShard) {
  directory_.write("model/a", "12");
  directory_.write("model/empty", "");
  hashing_.shard_size = 1;
  const auto report = digest_model(directory_.path("model"), options_, hashing_,
                                   Compatibility::kNone, context_.get());
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->files, 1U);
  EXPECT_EQ(report->files_without_shard, std::vector<std::string>{"empty"});
}

TEST_F(DigestTest, RefusesAShardSizeThatNoStatementCouldName) {
  directory_.write("model/a", "1");
  hashing_.shard_size = manifest::kLargestShardSize;
  EXPECT_NE(digest(), "usage");
  ++hashing_.shard_size;
  EXPECT_EQ(digest(), "usage");
}

TEST_F(DigestTest, DoesNotReadWhatTheCacheKnows) {
  if (directory_.is_in_memory()) GTEST_SKIP() << "no file of tmpfs is kept";
  directory_.write("model/a", "1");
  directory_.write("model/b", "2");
  options_.digest_cache = directory_.path("cache");
  context_.clock.set({std::int64_t{1} << 40U});  // long after the files were written
  for (const std::uint64_t not_read : {0U, 2U, 2U}) {
    const auto report = digest_model(directory_.path("model"), options_, hashing_,
                                     Compatibility::kNone, context_.get());
    ASSERT_THAT(report, IsOk());
    EXPECT_EQ(report->digest.hex(), kOneTwo);
    EXPECT_EQ(report->files_not_read, not_read);
  }
  directory_.write("model/b", "3");
  EXPECT_NE(digest(), kOneTwo);
}

}  // namespace
}  // namespace hallmark::model

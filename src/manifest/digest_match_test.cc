#include <filesystem>

#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"
#include "hallmark/manifest/digest_list.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::manifest {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::TemporaryDirectory;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class MatchDigestsTest : public ::testing::Test {
 protected:
  MatchDigestsTest() {
    directory_.write("model/a", "0123456789");
    directory_.write("model/b", "b");
    directory_.write("model/logs/c", "c");
    options_.ignored.add("logs");
    add("a");
    add("b");
  }

  void add(const std::string& name, ByteRange shard = {}) {
    list_.resources.push_back({name, hash::Digest::zero(hash::Algorithm::kSha256), shard});
  }

  void use_shards() {
    list_.resources.clear();
    list_.shard_size = 8;
    add("a", {0, 8});
    add("a", {8, 10});
    add("b", {0, 1});
  }

  Result<Measured> match() {
    const ModelTree tree = ModelTree::open(directory_.path("model")).value();
    return match_digests(tree, list_, options_, cancellation_);
  }

  TemporaryDirectory directory_;
  MeasureOptions options_;
  DigestList list_;
  base::Cancellation cancellation_;
};

TEST_F(MatchDigestsTest, BelievesAListOfTheSameFiles) {
  const auto measured = match();
  ASSERT_THAT(measured, IsOk());
  EXPECT_EQ(measured->resources, list_.resources);
  EXPECT_EQ(measured->files_not_read, 2U);
}

TEST_F(MatchDigestsTest, NamesWhatIsOnOneSideOnly) {
  directory_.write("model/new", "new");
  add("old");
  EXPECT_THAT(match(), FailsWith(Code::kModelDiffers,
                                 AllOf(HasSubstr("'new' is in the model and not in the list"),
                                       HasSubstr("'old' is in the list and not in the model"))));
}

TEST_F(MatchDigestsTest, MissesWhatIsIgnored) {
  add("logs/c");
  EXPECT_THAT(match(), FailsWith(Code::kModelDiffers, HasSubstr("'logs/c' is in the list")));
}

TEST_F(MatchDigestsTest, CountsMoreThanAFew) {
  for (const char c : std::string("efghijk")) add(std::string(1, c));
  EXPECT_THAT(match(), FailsWith(Code::kModelDiffers, AllOf(HasSubstr("'i'"), Not(HasSubstr("'j'")),
                                                            HasSubstr("; and 2 more"))));
}

TEST_F(MatchDigestsTest, ComparesSizesWhereShardsTellThem) {
  use_shards();
  directory_.write("model/empty", "");
  const auto measured = match();
  ASSERT_THAT(measured, IsOk());
  EXPECT_EQ(measured->files_without_shard, std::vector<std::string>{"empty"});
  directory_.write("model/b", "longer");
  EXPECT_THAT(match(), FailsWith(Code::kModelDiffers, HasSubstr("'b' has 6 bytes, and 1 in")));
  directory_.write("model/b", "");
  EXPECT_THAT(match(), HasCode(Code::kModelDiffers));
}

TEST_F(MatchDigestsTest, RefusesAModelWithoutFiles) {
  options_.ignored.add("a");
  options_.ignored.add("b");
  EXPECT_THAT(match(), HasCode(Code::kModelEmpty));
}

TEST_F(MatchDigestsTest, ListsAsSigningDoes) {
  directory_.make_link("a", "model/link");
  EXPECT_THAT(match(), HasCode(Code::kSymlinkRefused));
  options_.walk.allow_symlinks = true;
  add("link");
  EXPECT_THAT(match(), IsOk());
}

}  // namespace
}  // namespace hallmark::manifest

#include "hallmark/manifest/digest_cache.h"

#include <cstdlib>
#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing/digest_cache_fixture.h"
#include "testing/result_matchers.h"

namespace hallmark::manifest {
namespace {

using hallmark::testing::HasCode;
using hallmark::testing::IsOkWith;
using ::testing::ElementsAre;

TEST_F(DigestCacheTest, KnowsWhatAnEarlierRunLearnt) {
  EXPECT_EQ(find(some_file()), std::nullopt);
  learn(some_file(), known_);
  EXPECT_EQ(find(some_file()), known_);
}

TEST_F(DigestCacheTest, IsWrittenOnlyWhenSomethingWasLearnt) {
  Run run(*this);
  run.cache.find(some_file(), {});
  run.cache.save();
  EXPECT_FALSE(directory_.exists("cache"));
}

TEST_F(DigestCacheTest, IsOfNoUseToOthers) {
  learn(some_file(), known_);
  EXPECT_EQ(mode_of(directory_.path("cache/hallmark")), 0700U);
  EXPECT_EQ(mode_of(file("digests.v1")), 0600U);
  EXPECT_EQ(mode_of(file("digests.key")), 0600U);
  EXPECT_THAT(directory_.list("cache/hallmark"), ElementsAre("digests.key", "digests.v1"));
}

TEST_F(DigestCacheTest, MissesAFileOfWhichAnythingDiffers) {
  learn(some_file(), known_);
  const auto misses = [&](auto change) {
    TreeFile other = some_file();
    change(other.location.listed);
    EXPECT_EQ(find(other), std::nullopt);
  };
  misses([](auto& listed) { ++listed.device; });
  misses([](auto& listed) { ++listed.inode; });
  misses([](auto& listed) { ++listed.size; });
  misses([](auto& listed) { ++listed.modified.seconds; });
  misses([](auto& listed) { ++listed.modified.nanoseconds; });
  misses([](auto& listed) { ++listed.changed.seconds; });
  misses([](auto& listed) { ++listed.changed.nanoseconds; });
  misses([](auto& listed) { listed.type = base::FileType::kSpecial; });
  hash::HashOptions how;
  how.algorithm = hash::Algorithm::kBlake3;
  EXPECT_EQ(find(some_file(), how), std::nullopt);
  how = {};
  how.shard_size = 100;
  EXPECT_EQ(find(some_file(), how), std::nullopt);
}

TEST_F(DigestCacheTest, DoesNotMindTheName) {
  learn(some_file(), known_);
  TreeFile moved = some_file();
  moved.location.path = "elsewhere";
  EXPECT_EQ(find(moved), known_);
}

TEST_F(DigestCacheTest, KeepsAllShardsOfAFile) {
  hash::HashOptions how;
  how.shard_size = 10;
  const Digests shards{digest_of("a"), digest_of("b"), digest_of("c")};
  learn(some_file(), shards, how);
  EXPECT_EQ(find(some_file(), how), shards);
  TreeFile empty = some_file();
  empty.location.listed.size = 0;
  learn(empty, {}, how);
  EXPECT_EQ(find(empty, how), Digests{});
}

TEST_F(DigestCacheTest, GivesNoDigestsOfTheWrongNumber) {
  hash::HashOptions how;
  how.shard_size = 10;
  learn(some_file(), {digest_of("a"), digest_of("b")}, how);
  EXPECT_EQ(find(some_file(), how), std::nullopt);
}

TEST_F(DigestCacheTest, DoesNotKeepWhatWasWrittenWithinTheLastSeconds) {
  for (const std::int64_t ago : {-1000, -1, 0, 1, 2}) {
    TreeFile written = some_file();
    written.location.listed.modified.seconds = now_.seconds - ago;
    learn(written, known_);
    EXPECT_EQ(find(written), std::nullopt) << ago;
    TreeFile touched = some_file();
    touched.location.listed.changed.seconds = now_.seconds - ago;
    learn(touched, known_);
    EXPECT_EQ(find(touched), std::nullopt) << ago;
  }
  TreeFile settled = some_file();
  settled.location.listed.modified.seconds = settled.location.listed.changed.seconds = 1997;
  learn(settled, known_);
  EXPECT_EQ(find(settled), known_);
}

TEST_F(DigestCacheTest, DoesNotKeepWhatCouldBeWrittenWithoutATrace) {
  options_.identify = [](const auto&, const auto&, bool) { return Identity{}; };
  learn(some_file(), known_);
  EXPECT_EQ(find(some_file()), std::nullopt);
}

TEST_F(DigestCacheTest, KeepsOnlyWhatItLookedAtBeforeItWasRead) {
  Run run(*this);
  run.cache.learn(some_file(), {}, known_);
  run.cache.save();
  EXPECT_EQ(find(some_file()), std::nullopt);
}

TEST_F(DigestCacheTest, ForgetsWhatWasUsedLongestAgo) {
  options_.max_bytes = 1000;  // eight files
  TreeFile file = some_file();
  for (std::uint64_t inode = 1; inode <= 20; ++inode) {
    ++now_.seconds;
    Run run(*this);
    // The first file is used all the time, in runs that learn.
    file.location.listed.inode = 1;
    EXPECT_EQ(run.cache.find(file, {}).has_value(), inode > 1) << inode;
    file.location.listed.inode = inode;
    run.learn(file, known_);
    run.cache.save();
  }
  EXPECT_LE(std::filesystem::file_size(this->file("digests.v1")), 1000U + 32U);
  file.location.listed.inode = 2;
  EXPECT_EQ(find(file), std::nullopt);
  file.location.listed.inode = 20;
  EXPECT_EQ(find(file), known_);
}

TEST_F(DigestCacheTest, LeavesOutAFileThatIsTooMuchByItself) {
  options_.max_bytes = 1000;
  hash::HashOptions how;
  how.shard_size = 1;
  TreeFile large = some_file();
  large.location.listed.size = 40;
  learn(some_file(), known_);
  Run run(*this);
  run.learn(large, Digests(40, digest_of("a")), how);
  run.cache.save();
  EXPECT_EQ(find(some_file()), known_);
  EXPECT_EQ(find(large, how), std::nullopt);
}

TEST_F(DigestCacheTest, KeepsWhatAnotherProcessWroteMeanwhile) {
  TreeFile other = some_file();
  other.location.listed.inode = 1;
  Run first(*this);
  Run second(*this);
  first.learn(some_file(), known_);
  second.learn(other, {digest_of("other")});
  first.cache.save();
  second.cache.save();
  EXPECT_EQ(find(some_file()), known_);
  EXPECT_EQ(find(other), Digests{digest_of("other")});
}

TEST_F(DigestCacheTest, IsPerUser) {
  ASSERT_EQ(::setenv("XDG_CACHE_HOME", "/var/cache/me", 1), 0);
  EXPECT_THAT(user_cache_directory(), IsOkWith("/var/cache/me/hallmark"));
  ASSERT_EQ(::setenv("HOME", "/users/me", 1), 0);
  for (const char* none : {"", "relative"}) {
    ASSERT_EQ(::setenv("XDG_CACHE_HOME", none, 1), 0);
    EXPECT_THAT(user_cache_directory(), IsOkWith("/users/me/.cache/hallmark"));
  }
  ASSERT_EQ(::unsetenv("XDG_CACHE_HOME"), 0);
  EXPECT_THAT(user_cache_directory(), IsOkWith("/users/me/.cache/hallmark"));
  ASSERT_EQ(::unsetenv("HOME"), 0);
  EXPECT_THAT(user_cache_directory(), HasCode(Code::kNotFound));
}

}  // namespace
}  // namespace hallmark::manifest

#include "hallmark/manifest/digest_cache.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::manifest {
namespace {

using hallmark::testing::HasCode;
using hallmark::testing::IsOkWith;
using hallmark::testing::TemporaryDirectory;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Some file, known to the cache by what it says of itself.
TreeFile some_file() {
  TreeFile file;
  file.name = "weights";
  file.location.path = "weights";
  file.location.listed = {base::FileType::kRegular, 21, 22, 23, {1000, 25}, {1000, 27}};
  return file;
}

hash::Digest digest_of(std::string_view contents) {
  return hash::hash_bytes(hash::Algorithm::kSha256, bytes_of(contents));
}

using Digests = std::vector<hash::Digest>;

class DigestCacheTest : public ::testing::Test {
 protected:
  // One process that uses the cache.
  struct Run {
    explicit Run(const DigestCacheTest& test)
        : root(base::Directory::open(test.directory_.path()).value()),
          cache(test.options_, root, test.now_, log) {}

    base::CollectingLog log;
    base::Directory root;
    DigestCache cache;
  };

  DigestCacheTest() {
    options_.directory = directory_.path("cache/hallmark");
    options_.measure = [](const auto&) { return hash::Verity{}; };
  }

  void learn(const TreeFile& file, const Digests& digests, const hash::HashOptions& how = {}) {
    Run run(*this);
    run.cache.learn(file, how, digests);
    run.cache.save();
    EXPECT_THAT(run.log.warnings(), IsEmpty());
  }

  std::optional<Digests> find(const TreeFile& file, const hash::HashOptions& how = {}) {
    Run run(*this);
    auto found = run.cache.find(file, how);
    EXPECT_THAT(run.log.warnings(), IsEmpty());
    return found;
  }

  // A spoilt cache knows nothing, and warns.
  void expect_ignored(const std::string& reason) {
    Run run(*this);
    EXPECT_EQ(run.cache.find(some_file(), {}), std::nullopt) << reason;
    EXPECT_THAT(run.log.warnings(), ElementsAre(HasSubstr(reason)));
  }

  // It is good again after the next run that learns.
  void expect_ignored_and_rewritten(const std::string& reason) {
    {
      Run run(*this);
      EXPECT_EQ(run.cache.find(some_file(), {}), std::nullopt) << reason;
      EXPECT_THAT(run.log.warnings(), ElementsAre(HasSubstr(reason)));
      run.cache.learn(some_file(), {}, known_);
      run.cache.save();
      EXPECT_EQ(run.log.warnings().size(), 1U) << run.log.warnings().back();
    }
    EXPECT_EQ(find(some_file()), known_);
  }

  [[nodiscard]] std::string file(const std::string& name) const {
    return directory_.path("cache/hallmark/" + name);
  }

  static mode_t mode_of(const std::string& path) {
    struct stat status{};
    EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
    return status.st_mode & 07777U;
  }

  TemporaryDirectory directory_;
  DigestCacheOptions options_;
  base::UnixTime now_{2000};
  const Digests known_{digest_of("contents")};
};

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
  moved.name = moved.location.path = "elsewhere";
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

TEST_F(DigestCacheTest, ForgetsWhatWasUsedLongestAgo) {
  options_.max_bytes = 1000;  // eight files
  TreeFile file = some_file();
  for (std::uint64_t inode = 1; inode <= 20; ++inode) {
    ++now_.seconds;
    file.location.listed.inode = inode;
    learn(file, known_);
    // The first file is used all the time, in runs that learn.
    Run run(*this);
    file.location.listed.inode = 1;
    EXPECT_EQ(run.cache.find(file, {}), known_) << inode;
    file.location.listed.inode = inode;
    run.cache.learn(file, {}, known_);
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
  run.cache.learn(large, how, Digests(40, digest_of("a")));
  run.cache.save();
  EXPECT_EQ(find(some_file()), known_);
  EXPECT_EQ(find(large, how), std::nullopt);
}

TEST_F(DigestCacheTest, KeepsWhatAnotherProcessWroteMeanwhile) {
  TreeFile other = some_file();
  other.location.listed.inode = 1;
  Run first(*this);
  Run second(*this);
  first.cache.learn(some_file(), {}, known_);
  second.cache.learn(other, {}, Digests{digest_of("other")});
  first.cache.save();
  second.cache.save();
  EXPECT_EQ(find(some_file()), known_);
  EXPECT_EQ(find(other), Digests{digest_of("other")});
}

TEST_F(DigestCacheTest, IgnoresACacheWithAnyBitChanged) {
  learn(some_file(), known_);
  const std::string whole = directory_.read("cache/hallmark/digests.v1");
  ASSERT_LT(whole.size(), 300U);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string spoilt = whole;
    spoilt[i] = static_cast<char>(spoilt[i] ^ (1 << (i % 8)));
    directory_.write("cache/hallmark/digests.v1", spoilt);
    expect_ignored("is damaged");
  }
  expect_ignored_and_rewritten("is damaged");
}

TEST_F(DigestCacheTest, IgnoresACacheThatWasCutOffOrContinued) {
  learn(some_file(), known_);
  const std::string whole = directory_.read("cache/hallmark/digests.v1");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    directory_.write("cache/hallmark/digests.v1", whole.substr(0, size));
    expect_ignored("is damaged");
  }
  directory_.write("cache/hallmark/digests.v1", whole + "x");
  expect_ignored_and_rewritten("is damaged");
}

TEST_F(DigestCacheTest, IgnoresACacheThatIsTooLarge) {
  learn(some_file(), known_);
  std::filesystem::resize_file(file("digests.v1"), options_.max_bytes + 33);
  expect_ignored_and_rewritten("is larger than");
}

TEST_F(DigestCacheTest, IgnoresACacheUnderAnotherKey) {
  learn(some_file(), known_);
  directory_.write("cache/hallmark/digests.key", std::string(32, 'k'));
  expect_ignored_and_rewritten("not written with the key beside it");
  for (const std::size_t size : {0U, 31U, 33U}) {
    std::filesystem::resize_file(file("digests.key"), size);
    expect_ignored_and_rewritten("digests.key'");
  }
  std::filesystem::remove(file("digests.key"));
  expect_ignored_and_rewritten("digests.key'");
}

TEST_F(DigestCacheTest, IgnoresWhatOthersMayOpen) {
  learn(some_file(), known_);
  for (const mode_t mode : {0640U, 0604U, 0620U, 0602U, 0610U, 0601U}) {
    for (const std::string name : {"digests.v1", "digests.key"}) {
      const std::string key = directory_.read("cache/hallmark/digests.key");
      ASSERT_EQ(::chmod(file(name).c_str(), mode), 0);
      expect_ignored_and_rewritten(name + "' has mode");
      EXPECT_EQ(mode_of(file(name)), 0600U);
      EXPECT_EQ(key == directory_.read("cache/hallmark/digests.key"), name == "digests.v1");
    }
  }
  for (const mode_t mode : {0750U, 0705U, 0710U, 0720U, 0777U}) {
    const std::string key = directory_.read("cache/hallmark/digests.key");
    ASSERT_EQ(::chmod(options_.directory.c_str(), mode), 0);
    expect_ignored_and_rewritten("hallmark' has mode");
    EXPECT_EQ(mode_of(options_.directory), 0700U);
    EXPECT_NE(key, directory_.read("cache/hallmark/digests.key"));
  }
}

TEST_F(DigestCacheTest, FollowsNoLink) {
  learn(some_file(), known_);
  for (const std::string name : {"digests.v1", "digests.key"}) {
    std::filesystem::rename(file(name), directory_.path("real"));
    directory_.make_link(directory_.path("real"), "cache/hallmark/" + name);
    const std::string before = directory_.read("real");
    expect_ignored_and_rewritten(name + "'");
    EXPECT_FALSE(std::filesystem::is_symlink(file(name)));
    EXPECT_EQ(directory_.read("real"), before);
  }
}

TEST_F(DigestCacheTest, IgnoresWhatIsNoFile) {
  learn(some_file(), known_);
  std::filesystem::remove(file("digests.v1"));
  directory_.make_pipe("cache/hallmark/digests.v1");
  Run run(*this);
  EXPECT_EQ(run.cache.find(some_file(), {}), std::nullopt);
  run.cache.learn(some_file(), {}, known_);
  run.cache.save();
  EXPECT_THAT(run.log.warnings(),
              ElementsAre(HasSubstr("no regular file"), HasSubstr("cannot be written")));
}

TEST_F(DigestCacheTest, UsesNoDirectoryThatIsALink) {
  learn(some_file(), known_);
  std::filesystem::rename(options_.directory, directory_.path("real"));
  directory_.make_link(directory_.path("real"), "cache/hallmark");
  Run run(*this);
  EXPECT_EQ(run.cache.find(some_file(), {}), std::nullopt);
  run.cache.learn(some_file(), {}, known_);
  run.cache.save();
  EXPECT_THAT(run.log.warnings(),
              ElementsAre(HasSubstr("is ignored"), HasSubstr("cannot be written")));
}

TEST_F(DigestCacheTest, IgnoresWhatBelongsToAnother) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  learn(some_file(), known_);
  for (const std::string name : {"digests.v1", "digests.key"}) {
    ASSERT_EQ(::chown(file(name).c_str(), 12345, 12345), 0);
    expect_ignored_and_rewritten(name + "' belongs to another user");
  }
  ASSERT_EQ(::chown(options_.directory.c_str(), 12345, 12345), 0);
  Run run(*this);
  EXPECT_EQ(run.cache.find(some_file(), {}), std::nullopt);
  run.cache.learn(some_file(), {}, known_);
  run.cache.save();
  EXPECT_THAT(run.log.warnings(),
              ElementsAre(HasSubstr("belongs to another user"), HasSubstr("cannot be written")));
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

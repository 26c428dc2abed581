// What a cache that is not to be believed does: nothing, with a warning.

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/manifest/digest_cache.h"
#include "testing/digest_cache_fixture.h"

namespace hallmark::manifest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using DigestCacheTrustTest = DigestCacheTest;

TEST_F(DigestCacheTrustTest, IgnoresACacheWithAnyBitChanged) {
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

TEST_F(DigestCacheTrustTest, IgnoresACacheThatWasCutOffOrContinued) {
  learn(some_file(), known_);
  const std::string whole = directory_.read("cache/hallmark/digests.v1");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    directory_.write("cache/hallmark/digests.v1", whole.substr(0, size));
    expect_ignored("is damaged");
  }
  directory_.write("cache/hallmark/digests.v1", whole + "x");
  expect_ignored_and_rewritten("is damaged");
}

TEST_F(DigestCacheTrustTest, IgnoresACacheThatIsTooLarge) {
  learn(some_file(), known_);
  std::filesystem::resize_file(file("digests.v1"), options_.max_bytes + 33);
  expect_ignored_and_rewritten("is larger than");
}

TEST_F(DigestCacheTrustTest, IgnoresACacheUnderAnotherKey) {
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

TEST_F(DigestCacheTrustTest, IgnoresWhatOthersMayOpen) {
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

TEST_F(DigestCacheTrustTest, FollowsNoLink) {
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

TEST_F(DigestCacheTrustTest, IgnoresWhatIsNoFile) {
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

TEST_F(DigestCacheTrustTest, UsesNoDirectoryThatIsALink) {
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

TEST_F(DigestCacheTrustTest, IgnoresWhatBelongsToAnother) {
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

}  // namespace
}  // namespace hallmark::manifest

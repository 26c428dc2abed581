#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"
#include "hallmark/manifest/digest_cache.h"
#include "testing/temporary_directory.h"

namespace hallmark::manifest {

// Some file, known to the cache by what it says of itself.
inline TreeFile some_file() {
  TreeFile file;
  file.location.path = "weights";
  file.location.listed = {base::FileType::kRegular, 21, 22, 23, {1000, 25}, {1000, 27}};
  return file;
}

inline hash::Digest digest_of(std::string_view contents) {
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

    // As for a file that had to be read.
    void learn(const TreeFile& file, const Digests& digests, const hash::HashOptions& how = {}) {
      cache.find(file, how);
      cache.learn(file, how, digests);
    }

    base::CollectingLog log;
    base::Directory root;
    DigestCache cache;
  };

  DigestCacheTest() {
    options_.directory = directory_.path("cache/hallmark");
    options_.identify = [](const auto&, const auto&, bool want_times) {
      return Identity{want_times, std::nullopt};
    };
  }

  void learn(const TreeFile& file, const Digests& digests, const hash::HashOptions& how = {}) {
    Run run(*this);
    run.learn(file, digests, how);
    run.cache.save();
    EXPECT_THAT(run.log.warnings(), ::testing::IsEmpty());
  }

  std::optional<Digests> find(const TreeFile& file, const hash::HashOptions& how = {}) {
    Run run(*this);
    auto found = run.cache.find(file, how);
    EXPECT_THAT(run.log.warnings(), ::testing::IsEmpty());
    return found;
  }

  // A spoilt cache knows nothing, and warns.
  void expect_ignored(const std::string& reason) {
    Run run(*this);
    EXPECT_EQ(run.cache.find(some_file(), {}), std::nullopt) << reason;
    EXPECT_THAT(run.log.warnings(), ::testing::ElementsAre(::testing::HasSubstr(reason)));
  }

  // It is good again after the next run that learns.
  void expect_ignored_and_rewritten(const std::string& reason) {
    {
      Run run(*this);
      EXPECT_EQ(run.cache.find(some_file(), {}), std::nullopt) << reason;
      EXPECT_THAT(run.log.warnings(), ::testing::ElementsAre(::testing::HasSubstr(reason)));
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

  hallmark::testing::TemporaryDirectory directory_;
  DigestCacheOptions options_;
  base::UnixTime now_{2000};
  const Digests known_{digest_of("contents")};
};

}  // namespace hallmark::manifest

#include <memory>

#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"
#include "hallmark/hash/verity.h"
#include "hallmark/manifest/digest_cache.h"
#include "hallmark/manifest/reuse.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"
#include "testing/verity_digest.h"

namespace hallmark::manifest {
namespace {

using hallmark::testing::TemporaryDirectory;

// A file system whose kernel measures what the test says, in the place of one that few machines
// have.
class DigestCacheVerityTest : public ::testing::Test {
 protected:
  DigestCacheVerityTest() {
    directory_.write("model/weights", "contents");
    options_.directory = directory_.path("cache");
    options_.identify = [this](const auto&, const auto&, bool want_times) {
      ++asked_;
      return Identity{want_times, answer_};
    };
  }

  [[nodiscard]] static hash::Digest measured(std::string_view contents) {
    return hallmark::testing::verity_digest(bytes_of(contents));
  }

  // Files that a run did not read. It may put something between itself and the cache.
  std::uint64_t run(const std::function<std::unique_ptr<KnownDigests>(DigestCache&)>& wrap = {}) {
    const ModelTree tree = ModelTree::open(directory_.path("model")).value();
    DigestCache cache(options_, tree.root(), now_, log_);
    const std::unique_ptr<KnownDigests> wrapped = wrap ? wrap(cache) : nullptr;
    MeasureOptions options;
    options.known = wrapped ? wrapped.get() : &cache;
    const auto measured = measure_model(tree, options, progress_, cancellation_);
    EXPECT_EQ(measured.value().resources.front().digest,
              hash::hash_bytes(hash::Algorithm::kSha256, bytes_of(contents_)));
    cache.save();
    return measured->files_not_read;
  }

  TemporaryDirectory directory_;
  std::string contents_ = "contents";
  DigestCacheOptions options_;
  std::optional<hash::Digest> answer_;
  int asked_ = 0;
  base::UnixTime now_{std::int64_t{1} << 40U};  // long after the files were written
  base::CollectingLog log_;
  base::NoProgress progress_;
  base::Cancellation cancellation_;
};

TEST_F(DigestCacheVerityTest, TheMeasurementStandsForTheMetadata) {
  answer_ = measured("contents");
  EXPECT_EQ(run(), 0U);
  EXPECT_EQ(run(), 1U);
  directory_.write("model/new", "contents");
  directory_.write("model/weights", "contents");
  EXPECT_EQ(run(), 2U) << "the same contents are known under every name";
  EXPECT_EQ(asked_, 4);
}

TEST_F(DigestCacheVerityTest, AnotherMeasurementIsAnotherFile) {
  answer_ = measured("contents");
  EXPECT_EQ(run(), 0U);
  answer_ = measured("other");
  EXPECT_EQ(run(), 0U);
}

TEST_F(DigestCacheVerityTest, AFileThatIsMeasuredIsNotKnownByItsMetadata) {
  answer_ = measured("contents");
  EXPECT_EQ(run(), 0U);
  answer_.reset();
  EXPECT_EQ(run(), 0U);
  EXPECT_EQ(run(), 1U);
}

// Within a tick of the clock another file could have taken its inode.
TEST_F(DigestCacheVerityTest, WhatWasWrittenJustNowIsNotKept) {
  now_ = {0};
  answer_ = measured("contents");
  EXPECT_EQ(run(), 0U);
  EXPECT_EQ(run(), 0U);
}

// Signing anew with an older signature reads this file, whether the cache knows it or not.
TEST_F(DigestCacheVerityTest, IsNotKnownByItsMetadataHoweverItCameToBeRead) {
  answer_ = measured("contents");
  Manifest old;
  old.resources = {{"weights", hash::hash_bytes(hash::Algorithm::kSha256, bytes_of("older")), {}}};
  IgnoreRules named;
  named.add("weights");
  for (const auto& changed : {std::optional<IgnoreRules>(), std::optional(named)}) {
    for (int times = 0; times < 2; ++times)
      run([&](DigestCache& cache) {
        return std::make_unique<ReusedDigests>(old, changed, &cache);
      });
  }
  answer_.reset();
  EXPECT_EQ(run(), 0U);
}

}  // namespace
}  // namespace hallmark::manifest

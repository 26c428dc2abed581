#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"
#include "hallmark/manifest/digest_cache.h"
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
    options_.measure = [this](const base::FileDescriptor&) {
      ++asked_;
      return answer_;
    };
  }

  [[nodiscard]] static hash::Verity measured(std::string_view contents) {
    return {hash::VerityState::kMeasured, hallmark::testing::verity_digest(bytes_of(contents))};
  }

  // Files that a run did not read.
  std::uint64_t run() {
    const ModelTree tree = ModelTree::open(directory_.path("model")).value();
    DigestCache cache(options_, tree.root(), now_, log_);
    MeasureOptions options;
    options.known = &cache;
    const auto measured = measure_model(tree, options, progress_, cancellation_);
    EXPECT_EQ(measured.value().resources.front().digest,
              hash::hash_bytes(hash::Algorithm::kSha256, bytes_of(contents_)));
    cache.save();
    return measured->files_not_read;
  }

  TemporaryDirectory directory_;
  std::string contents_ = "contents";
  DigestCacheOptions options_;
  hash::Verity answer_;
  int asked_ = 0;
  base::UnixTime now_{0};  // so that all files are from the future, and no metadata are kept
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
  answer_ = {hash::VerityState::kOrdinary, std::nullopt};
  EXPECT_EQ(run(), 0U);
}

TEST_F(DigestCacheVerityTest, AFileThatIsMeasuredIsNotKnownByItsMetadata) {
  now_ = {std::int64_t{1} << 40U};
  answer_ = measured("contents");
  EXPECT_EQ(run(), 0U);
  answer_ = {hash::VerityState::kOrdinary, std::nullopt};
  EXPECT_EQ(run(), 0U);
  EXPECT_EQ(run(), 1U);
}

TEST_F(DigestCacheVerityTest, AsksAFileSystemWithoutItOnce) {
  for (const std::string name : {"a", "b", "c"}) directory_.write("model/" + name, contents_);
  answer_ = {hash::VerityState::kOrdinary, std::nullopt};
  run();
  EXPECT_EQ(asked_, 4);
  answer_ = {};
  run();
  EXPECT_EQ(asked_, 5);
}

}  // namespace
}  // namespace hallmark::manifest

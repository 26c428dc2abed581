#include "hallmark/manifest/measure.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::manifest {
namespace {

using hallmark::testing::HasCode;
using hallmark::testing::IsOkWith;
using hallmark::testing::TemporaryDirectory;

class MeasureTest : public ::testing::Test {
 protected:
  MeasureTest() {
    directory_.write("model/a", "a");
    directory_.write("model/b", "b");
    directory_.write("model/logs/c", "c");
  }

  static Resource file(const std::string& name, std::string_view contents) {
    return {name, hash::hash_bytes(hash::Algorithm::kSha256, bytes_of(contents))};
  }

  ModelTree tree() { return ModelTree::open(directory_.path("model")).value(); }

  Result<std::vector<Resource>> measure() {
    return measure_model(tree(), options_, progress_, cancellation_);
  }

  Result<std::vector<Resource>> measure_signed(const std::vector<Resource>& expected,
                                               UnsignedFiles unsigned_files) {
    return manifest::measure_signed(tree(), expected, unsigned_files, options_, progress_,
                                    cancellation_);
  }

  TemporaryDirectory directory_;
  MeasureOptions options_;
  base::NoProgress progress_;
  base::Cancellation cancellation_;
};

using Resources = std::vector<Resource>;

TEST_F(MeasureTest, HashesWhatIsNotIgnored) {
  options_.ignored.add("logs");
  EXPECT_THAT(measure(), IsOkWith(Resources{file("a", "a"), file("b", "b")}));
}

TEST_F(MeasureTest, RefusesAModelWithoutFiles) {
  for (const std::string path : {"a", "b", "logs"}) options_.ignored.add(path);
  EXPECT_THAT(measure(), HasCode(Code::kModelEmpty));
}

TEST_F(MeasureTest, SeesUnsignedFilesUnlessToldNotTo) {
  EXPECT_THAT(measure_signed({file("a", "a")}, UnsignedFiles::kReport),
              IsOkWith(Resources{file("a", "a"), file("b", "b"), file("logs/c", "c")}));
  EXPECT_THAT(measure_signed({file("a", "a")}, UnsignedFiles::kIgnore),
              IsOkWith(Resources{file("a", "a")}));
}

TEST_F(MeasureTest, SeesSignedFilesThatAreIgnored) {
  options_.ignored.add("logs");
  options_.ignored.add("a");
  EXPECT_THAT(measure_signed({file("logs/c", "c"), file("a", "a")}, UnsignedFiles::kReport),
              IsOkWith(Resources{file("a", "a"), file("b", "b"), file("logs/c", "c")}));
}

TEST_F(MeasureTest, LeavesOutSignedFilesThatAreMissing) {
  EXPECT_THAT(measure_signed({file("a", "a"), file("gone", "x"), file("logs", "x")},
                             UnsignedFiles::kIgnore),
              IsOkWith(Resources{file("a", "a")}));
}

TEST_F(MeasureTest, RefusesALinkUnderASignedNameWhateverIsIgnored) {
  std::filesystem::remove(directory_.path("model/a"));
  directory_.make_link("b", "model/a");
  options_.ignored.add("a");
  for (const auto unsigned_files : {UnsignedFiles::kReport, UnsignedFiles::kIgnore}) {
    EXPECT_THAT(measure_signed({file("a", "b")}, unsigned_files), HasCode(Code::kSymlinkRefused));
  }
}

TEST_F(MeasureTest, DoesNotLookAtUnsignedLinksWhenToldNotToLook) {
  directory_.make_link("/etc", "model/link");
  EXPECT_THAT(measure_signed({file("a", "a")}, UnsignedFiles::kIgnore),
              IsOkWith(Resources{file("a", "a")}));
  EXPECT_THAT(measure_signed({file("a", "a")}, UnsignedFiles::kReport),
              HasCode(Code::kSymlinkRefused));
}

}  // namespace
}  // namespace hallmark::manifest

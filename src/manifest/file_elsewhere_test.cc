#include "manifest/file_elsewhere.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"
#include "hallmark/manifest/measure.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::manifest {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::TemporaryDirectory;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A model whose files stand in "blobs", as in the cache of a hub.
class FileElsewhereTest : public ::testing::Test {
 protected:
  FileElsewhereTest() {
    directory_.write("blobs/1111", "one");
    directory_.write("blobs/2222", "two");
    directory_.write("secret", "three");
    directory_.make_directory("model/sub");
    directory_.make_link("../blobs/1111", "model/config.json");
    directory_.make_link("../../blobs/2222", "model/sub/weights");
    options_.walk.links_into = std::make_shared<const base::Directory>(
        base::Directory::open(directory_.path("blobs")).value());
  }

  Result<std::vector<Resource>> measure() {
    const ModelTree tree = ModelTree::open(directory_.path("model")).value();
    return measure_model(tree, options_, progress_, cancellation_).map([](Measured&& measured) {
      return std::move(measured.resources);
    });
  }

  // As with --ignore-unsigned-files: files are looked for by name.
  Result<std::vector<Resource>> measure_only(const std::vector<Resource>& expected) {
    const ModelTree tree = ModelTree::open(directory_.path("model")).value();
    return measure_signed(tree, expected, UnsignedFiles::kIgnore, options_, progress_,
                          cancellation_)
        .map([](Measured&& measured) { return std::move(measured.resources); });
  }

  static Resource file(const std::string& name, std::string_view contents) {
    return {name, hash::hash_bytes(hash::Algorithm::kSha256, bytes_of(contents))};
  }

  TemporaryDirectory directory_;
  MeasureOptions options_;
  base::NoProgress progress_;
  base::Cancellation cancellation_;
};

TEST_F(FileElsewhereTest, HashesWhatLinksLeadToUnderTheirNames) {
  directory_.write("model/plain", "four");
  const auto found = measure();
  ASSERT_THAT(found, IsOk());
  EXPECT_THAT(*found, ElementsAre(file("config.json", "one"), file("plain", "four"),
                                  file("sub/weights", "two")));
  EXPECT_EQ(measure_only(*found).value(), *found);
}

TEST_F(FileElsewhereTest, RefusesLinksThatLeadAnywhereElse) {
  for (const std::string target : {"../secret", "/etc/passwd", "sub", "..", "../blobs/../secret"}) {
    directory_.make_link(target, "model/link");
    EXPECT_THAT(measure(), FailsWith(Code::kSymlinkRefused, HasSubstr("but into"))) << target;
    EXPECT_THAT(measure_only({file("link", "three")}), HasCode(Code::kSymlinkRefused)) << target;
    std::filesystem::remove(directory_.path("model/link"));
  }
}

TEST_F(FileElsewhereTest, RefusesALinkThatGoesOnFromThere) {
  directory_.make_link("../secret", "blobs/3333");
  directory_.make_link("../blobs/3333", "model/link");
  EXPECT_THAT(measure(), HasCode(Code::kSymlinkRefused));
}

TEST_F(FileElsewhereTest, RefusesWhatIsNoRegularFileThere) {
  directory_.make_directory("blobs/folder");
  directory_.make_pipe("blobs/pipe");
  for (const std::string target : {"../blobs", "../blobs/folder", "../blobs/pipe"}) {
    directory_.make_link(target, "model/link");
    EXPECT_THAT(measure(), FailsWith(Code::kSpecialFile, HasSubstr("'link'"))) << target;
    std::filesystem::remove(directory_.path("model/link"));
  }
}

TEST_F(FileElsewhereTest, RefusesLinksToNothingAndInCircles) {
  directory_.make_link("../blobs/4444", "model/link");
  EXPECT_THAT(measure(), HasCode(Code::kSymlinkDangling));
  std::filesystem::remove(directory_.path("model/link"));
  directory_.make_link("link", "model/link");
  EXPECT_THAT(measure(), HasCode(Code::kSymlinkCycle));
}

TEST_F(FileElsewhereTest, KeepsToTheDirectoryThatWasOpened) {
  std::filesystem::rename(directory_.path("blobs"), directory_.path("moved"));
  directory_.write("blobs/1111", "other");
  EXPECT_THAT(measure(), HasCode(Code::kSymlinkRefused));
}

TEST_F(FileElsewhereTest, GoesWithLinksWithinTheModel) {
  directory_.write("model/plain", "four");
  directory_.make_link("plain", "model/within");
  EXPECT_THAT(measure(), HasCode(Code::kSymlinkRefused));
  options_.walk.allow_symlinks = true;
  EXPECT_EQ(measure().value().back(), file("within", "four"));
}

}  // namespace
}  // namespace hallmark::manifest

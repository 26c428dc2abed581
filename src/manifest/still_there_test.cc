#include "manifest/still_there.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <utility>

#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"
#include "hallmark/manifest/measure.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::manifest {
namespace {

namespace fs = std::filesystem;

using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::TemporaryDirectory;

// Does something once, between the listing of the files and their reading.
class Meanwhile final : public KnownDigests {
 public:
  std::function<void()> action = [] {};

  std::optional<std::vector<hash::Digest>> find(const TreeFile& /*file*/,
                                                const hash::HashOptions& /*how*/) override {
    std::exchange(action, [] {})();
    return std::nullopt;
  }

  void learn(const TreeFile& /*file*/, const hash::HashOptions& /*how*/,
             std::span<const hash::Digest> /*digests*/) override {}
};

class StillThereTest : public ::testing::Test {
 protected:
  StillThereTest() {
    directory_.write("model/a", "x");
    directory_.write("model/sub/b", "x");
    directory_.write("other/a", "evil");
    directory_.write("blobs/1", "x");
    directory_.write("blobs/2", "evil");
    options_.known = &meanwhile_;
    // What is done to them shows, however coarse the clock of the file system is.
    for (const std::string name : {"model", "model/sub"}) {
      fs::last_write_time(directory_.path(name),
                          fs::file_time_type::clock::now() - std::chrono::hours(1));
    }
  }

  // The outcome when all files are listed and read, or only those that were signed.
  Result<Measured> measure(std::function<void()> action,
                           UnsignedFiles unsigned_files = UnsignedFiles::kReport) {
    meanwhile_.action = std::move(action);
    const auto tree = ModelTree::open(directory_.path(model_));
    if (!tree) return fail(tree.error());
    return measure_signed(*tree, signed_, unsigned_files, options_, progress_, cancellation_);
  }

  void move(const std::string& from, const std::string& to) {
    fs::rename(directory_.path(from), directory_.path(to));
  }

  void exchange_link(const std::string& target, const std::string& name) {
    fs::remove(directory_.path(name));
    directory_.make_link(target, name);
  }

  TemporaryDirectory directory_;
  std::string model_ = "model";
  std::vector<Resource> signed_ = {
      {"link", hash::hash_bytes(hash::Algorithm::kSha256, bytes_of("x"))}};
  MeasureOptions options_;
  Meanwhile meanwhile_;
  base::NoProgress progress_;
  base::Cancellation cancellation_;
};

TEST_F(StillThereTest, AcceptsWhatIsStillThere) {
  EXPECT_THAT(measure([] {}), IsOk());
  model_ = "model/a";
  EXPECT_THAT(measure([] {}), IsOk());
}

TEST_F(StillThereTest, SeesFilesThatAreAdded) {
  EXPECT_THAT(measure([&] { directory_.write("model/extra", "x"); }), HasCode(Code::kFileChanged));
}

TEST_F(StillThereTest, SeesFilesThatAreAddedToADirectoryBeneath) {
  EXPECT_THAT(measure([&] { directory_.write("model/sub/extra", "x"); }),
              HasCode(Code::kFileChanged));
}

TEST_F(StillThereTest, SeesDirectoriesThatAreReplaced) {
  EXPECT_THAT(measure([&] {
                move("model", "old");
                move("other", "model");
              }),
              HasCode(Code::kFileChanged));
}

TEST_F(StillThereTest, SeesAModelThatIsGone) {
  EXPECT_THAT(measure([&] { move("model", "old"); }), HasCode(Code::kFileChanged));
}

TEST_F(StillThereTest, SeesALinkToTheModelThatLeadsElsewhere) {
  model_ = "current";
  directory_.make_link("model", "current");
  EXPECT_THAT(measure([] {}), IsOk());
  EXPECT_THAT(measure([&] { exchange_link("other", "current"); }), HasCode(Code::kFileChanged));
}

TEST_F(StillThereTest, SeesALinkToASingleFileThatLeadsElsewhere) {
  model_ = "current";
  directory_.make_link("model/a", "current");
  EXPECT_THAT(measure([&] { exchange_link("model/sub/b", "current"); }),
              HasCode(Code::kFileChanged));
}

TEST_F(StillThereTest, SeesLinksThatLeadElsewhere) {
  directory_.make_link("a", "model/link");
  options_.walk.allow_symlinks = true;
  EXPECT_THAT(measure([] {}, UnsignedFiles::kIgnore), IsOk());
  EXPECT_THAT(measure([&] { exchange_link("sub/b", "model/link"); }, UnsignedFiles::kIgnore),
              HasCode(Code::kFileChanged));
}

TEST_F(StillThereTest, SeesLinksIntoAnotherDirectoryThatLeadElsewhere) {
  directory_.make_link("../blobs/1", "model/link");
  options_.walk.links_into = std::make_shared<const base::Directory>(
      base::Directory::open(directory_.path("blobs")).value());
  EXPECT_THAT(measure([] {}, UnsignedFiles::kIgnore), IsOk());
  EXPECT_THAT(measure([&] { exchange_link("../blobs/2", "model/link"); }, UnsignedFiles::kIgnore),
              HasCode(Code::kFileChanged));
}

TEST_F(StillThereTest, LooksAtNothingElse) {
  signed_.front().name = "a";
  const auto add = [&] { directory_.write("model/extra", "x"); };
  EXPECT_THAT(measure(add, UnsignedFiles::kIgnore), IsOk());
  fs::remove(directory_.path("model/extra"));
  options_.walk.only.emplace().add("sub");
  EXPECT_THAT(measure(add), IsOk());
  EXPECT_THAT(measure([&] { directory_.write("model/sub/extra", "x"); }),
              HasCode(Code::kFileChanged));
}

}  // namespace
}  // namespace hallmark::manifest

#include "hallmark/manifest/archive_measure.h"

#include <filesystem>
#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"
#include "testing/archives.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::manifest {
namespace {

using ::testing::ElementsAre;
using testing::HasCode;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::StartsWith;
using testing::tar_end;
using testing::tar_member;

// Does something when the archive has been read for the first time.
class ActsWhenRead final : public base::ProgressSink {
 public:
  explicit ActsWhenRead(std::function<void()> act) : act_(std::move(act)) {}
  void on_total(std::uint64_t /*files*/, std::uint64_t bytes) override { total = bytes; }
  void on_bytes(std::uint64_t bytes) override {
    read += bytes;
    if (act_) std::exchange(act_, nullptr)();
  }
  void on_file() override { ++files; }

  std::uint64_t total = 0;
  std::uint64_t read = 0;
  int files = 0;

 private:
  std::function<void()> act_;
};

class MeasureArchiveTest : public ::testing::Test {
 protected:
  // Files with their names as contents.
  static std::string tar_of(const std::vector<std::string>& names) {
    std::string archive;
    for (const std::string& name : names) archive += tar_member(name, name);
    return archive + tar_end();
  }

  static std::vector<Resource> signed_files(const std::vector<std::string>& names) {
    std::vector<Resource> resources;
    resources.reserve(names.size());
    for (const std::string& name : names) {
      resources.push_back({name, hash::hash_bytes(hash::Algorithm::kSha256, bytes_of(name)), {}});
    }
    return resources;
  }

  Result<MeasuredArchive> measure(const std::string& archive,
                                  const std::vector<std::string>& expected) {
    directory_.write("m.tar", archive);
    return measure_written(expected);
  }

  Result<MeasuredArchive> measure_written(const std::vector<std::string>& expected) {
    const ModelTree tree = ModelTree::open(directory_.path("m.tar")).value();
    return measure_archive({tree, tree.root().status("m.tar").value(), ArchiveForm::kTar, limits_},
                           signed_files(expected), unsigned_files_, options_, progress_,
                           cancellation_);
  }

  // The folder or "-", and then the names of the files that are looked at.
  std::vector<std::string> found(const std::vector<std::string>& names,
                                 const std::vector<std::string>& expected) {
    const auto measured = measure(tar_of(names), expected);
    if (!measured) return {measured.error().message};
    std::vector<std::string> lines = {measured->folder.value_or("-")};
    for (const Resource& resource : measured->measured.resources) lines.push_back(resource.name);
    return lines;
  }

  testing::TemporaryDirectory directory_;
  ArchiveLimits limits_;
  UnsignedFiles unsigned_files_ = UnsignedFiles::kReport;
  MeasureOptions options_;
  ActsWhenRead progress_{nullptr};
  base::Cancellation cancellation_;
};

TEST_F(MeasureArchiveTest, TakesTheOneFolderForTheModel) {
  EXPECT_THAT(found({"m/b", "m/a"}, {"a", "b"}), ElementsAre("m", "a", "b"));
  EXPECT_THAT(found({"m/other"}, {"a"}), ElementsAre("m", "other"));
}

TEST_F(MeasureArchiveTest, TakesTheRootWhereThereIsNoSuchFolder) {
  EXPECT_THAT(found({"m/a", "b"}, {"m/a", "b"}), ElementsAre("-", "b", "m/a"));
  EXPECT_THAT(found({"m/a", "b"}, {"a", "b"}), ElementsAre("-", "b", "m/a"));
}

TEST_F(MeasureArchiveTest, TakesTheRootWhereTheSignedFilesAreNamedFromIt) {
  EXPECT_THAT(found({"weights/a", "weights/b"}, {"weights/a", "weights/b"}),
              ElementsAre("-", "weights/a", "weights/b"));
  EXPECT_THAT(found({"weights/weights/a"}, {"weights/a"}), ElementsAre("weights", "weights/a"));
  EXPECT_THAT(found({"m/a", "m/m/a"}, {"m/a", "m/m/a"}), ElementsAre("-", "m/a", "m/m/a"));
}

TEST_F(MeasureArchiveTest, LooksAtAPartInTheFolderOfTheWhole) {
  options_.walk.only.emplace().add("m/a");
  EXPECT_THAT(found({"m/a", "m/m/a", "m/b"}, {"m/a", "a", "b"}), ElementsAre("m", "m/a"));
  options_.walk.only.emplace().add("sub");
  EXPECT_THAT(found({"m/sub/a", "m/sub/new", "m/a"}, {"sub/a", "a"}),
              ElementsAre("m", "sub/a", "sub/new"));
}

TEST_F(MeasureArchiveTest, IgnoresAsInADirectory) {
  options_.ignored.add_git_paths();
  options_.ignored.add("logs");
  const auto measured = measure(
      tar_of({"m/.git/config", "m/logs/1", "m/sub/.git/x", "m/logs.txt", "m/a"}), {"a", "logs/1"});
  ASSERT_THAT(measured, IsOk());
  std::vector<std::string> names;
  for (const Resource& resource : measured->measured.resources) names.push_back(resource.name);
  EXPECT_THAT(names, ElementsAre("a", "logs.txt", "logs/1", "sub/.git/x"));
  EXPECT_THAT(measured->ignored_present, ElementsAre(".git", "logs"));
}

TEST_F(MeasureArchiveTest, LooksAtSignedFilesAloneIfAsked) {
  unsigned_files_ = UnsignedFiles::kIgnore;
  EXPECT_THAT(found({"m/a", "m/extra"}, {"a"}), ElementsAre("m", "a"));
}

TEST_F(MeasureArchiveTest, TellsEmptyFilesThatHaveNoShard) {
  options_.hash.shard_size = 1;
  const auto measured = measure(
      tar_member("m/b", "") + tar_member("m/a", "") + tar_member("m/ab", "xy") + tar_end(), {});
  ASSERT_THAT(measured, IsOk());
  EXPECT_THAT(measured->measured.files_without_shard, ElementsAre("a", "b"));
  ASSERT_EQ(measured->measured.resources.size(), 2U);
  EXPECT_EQ(measured->measured.resources[1].shard, (ByteRange{1, 2}));
}

TEST_F(MeasureArchiveTest, FindsNothingInAnEmptyArchive) {
  const auto measured = measure(tar_end(), {"a"});
  ASSERT_THAT(measured, IsOk());
  EXPECT_THAT(measured->measured.resources, IsEmpty());
}

TEST_F(MeasureArchiveTest, TellsProgressInBytesOfTheArchive) {
  ASSERT_THAT(measure(tar_of({"a", "b"}), {}), IsOk());
  EXPECT_EQ(progress_.total, 3072U);
  EXPECT_EQ(progress_.read, 3072U);
  EXPECT_EQ(progress_.files, 1);
}

TEST_F(MeasureArchiveTest, NamesTheArchiveInFailures) {
  const auto refused = measure(tar_member("a", "", '2') + tar_end(), {});
  ASSERT_THAT(refused, HasCode(Code::kArchiveLink));
  EXPECT_THAT(refused.error().message, StartsWith("m.tar: a: "));
}

TEST_F(MeasureArchiveTest, IsUndecidedWhenTheArchiveWasWrittenTo) {
  progress_ = ActsWhenRead([&] { directory_.write("m.tar", "shorter"); });
  EXPECT_THAT(measure(tar_of({"a"}), {"a"}), HasCode(Code::kFileChanged));
}

TEST_F(MeasureArchiveTest, IsUndecidedWhenABadArchiveWasWrittenTo) {
  progress_ = ActsWhenRead([&] { directory_.write("m.tar", tar_of({"a", "b"})); });
  EXPECT_THAT(measure(tar_member("a", "x"), {"a"}), HasCode(Code::kFileChanged));
}

TEST_F(MeasureArchiveTest, IsUndecidedWhenTheArchiveWasReplaced) {
  directory_.write("other", tar_of({"a"}));
  progress_ = ActsWhenRead(
      [&] { std::filesystem::rename(directory_.path("other"), directory_.path("m.tar")); });
  EXPECT_THAT(measure(tar_of({"a"}), {"a"}), HasCode(Code::kFileChanged));
}

TEST_F(MeasureArchiveTest, FollowsNoLinkThatCameInBetween) {
  directory_.write("m.tar", tar_of({"a"}));
  const ModelTree tree = ModelTree::open(directory_.path("m.tar")).value();
  const base::FileStatus listed = tree.root().status("m.tar").value();
  std::filesystem::rename(directory_.path("m.tar"), directory_.path("other"));
  directory_.make_link("other", "m.tar");
  EXPECT_THAT(measure_archive({tree, listed, ArchiveForm::kTar, limits_}, {}, unsigned_files_,
                              options_, progress_, cancellation_),
              HasCode(Code::kSymlinkRefused));
}

TEST_F(MeasureArchiveTest, IsUndecidedWhenTheArchiveIsNotTheOneListed) {
  directory_.write("m.tar", tar_of({"a"}));
  const ModelTree tree = ModelTree::open(directory_.path("m.tar")).value();
  const base::FileStatus listed = tree.root().status("m.tar").value();
  directory_.write("other", tar_of({"a"}));
  std::filesystem::rename(directory_.path("other"), directory_.path("m.tar"));
  EXPECT_THAT(measure_archive({tree, listed, ArchiveForm::kTar, limits_}, {}, unsigned_files_,
                              options_, progress_, cancellation_),
              HasCode(Code::kFileChanged));
}

TEST_F(MeasureArchiveTest, StopsWhenAsked) {
  cancellation_.request();
  EXPECT_THAT(measure(tar_of({"a"}), {"a"}), HasCode(Code::kCancelled));
}

}  // namespace
}  // namespace hallmark::manifest

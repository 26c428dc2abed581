#include "hallmark/manifest/measure.h"

#include <filesystem>
#include <map>

#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"
#include "hallmark/manifest/shard.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::manifest {
namespace {

using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
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

  Result<Measured> measure_all() {
    return measure_model(tree(), options_, progress_, cancellation_);
  }

  Result<std::vector<Resource>> measure() {
    return measure_all().map([](Measured&& measured) { return std::move(measured.resources); });
  }

  Result<std::vector<Resource>> measure_signed(const std::vector<Resource>& expected,
                                               UnsignedFiles unsigned_files) {
    return manifest::measure_signed(tree(), expected, unsigned_files, options_, progress_,
                                    cancellation_)
        .map([](Measured&& measured) { return std::move(measured.resources); });
  }

  // "b:0:3" and so on: the names under which things are signed.
  static std::vector<std::string> names_of(const std::vector<Resource>& resources) {
    std::vector<std::string> names;
    names.reserve(resources.size());
    for (const Resource& resource : resources) names.push_back(name_in_statement(resource));
    return names;
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

using Names = std::vector<std::string>;

TEST_F(MeasureTest, NamesShardsInTheOrderOfWholeNames) {
  directory_.write("model/a", std::string(11, 'x'));
  options_.hash.shard_size = 1;
  const auto resources = measure();
  ASSERT_THAT(resources, IsOk());
  const Names names = names_of(*resources);
  EXPECT_EQ(names, (Names{"a:0:1", "a:10:11", "a:1:2", "a:2:3", "a:3:4", "a:4:5", "a:5:6", "a:6:7",
                          "a:7:8", "a:8:9", "a:9:10", "b:0:1", "logs/c:0:1"}));
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
}

TEST_F(MeasureTest, DigestsOfShardsAreThoseOfTheirBytes) {
  directory_.write("model/a", "0123456789");
  options_.hash.shard_size = 4;
  const auto resources = measure();
  ASSERT_THAT(resources, IsOk());
  EXPECT_EQ((*resources)[0].digest, file("a", "0123").digest);
  EXPECT_EQ((*resources)[1].digest, file("a", "4567").digest);
  EXPECT_EQ((*resources)[2].digest, file("a", "89").digest);
  EXPECT_EQ((*resources)[2].shard, (ByteRange{8, 10}));
}

TEST_F(MeasureTest, TellsEmptyFilesThatHaveNoShard) {
  directory_.write("model/empty", "");
  directory_.write("model/logs/void", "");
  EXPECT_EQ(measure_all()->files_without_shard, Names{});
  options_.hash.shard_size = 8;
  EXPECT_EQ(measure_all()->files_without_shard, (Names{"empty", "logs/void"}));
  EXPECT_EQ(names_of(*measure()), (Names{"a:0:1", "b:0:1", "logs/c:0:1"}));
  options_.ignored.add("logs");
  EXPECT_EQ(measure_all()->files_without_shard, (Names{"empty"}));
}

TEST_F(MeasureTest, RefusesAModelWithoutShards) {
  for (const std::string path : {"a", "b", "logs"}) options_.ignored.add(path);
  directory_.write("model/empty", "");
  EXPECT_THAT(measure(), IsOk());
  options_.hash.shard_size = 8;
  EXPECT_THAT(measure(), HasCode(Code::kModelEmpty));
}

TEST_F(MeasureTest, RefusesMoreShardsThanABundleHolds) {
  directory_.write("model/a", "");
  std::filesystem::resize_file(directory_.path("model/a"), kMostShards - 1);  // a hole
  options_.hash.shard_size = 1;
  EXPECT_THAT(measure(), HasCode(Code::kLimitExceeded));
  std::filesystem::resize_file(directory_.path("model/a"), std::uintmax_t{1} << 40U);
  EXPECT_THAT(measure(), HasCode(Code::kLimitExceeded));
}

TEST_F(MeasureTest, LooksForASignedFileOnceWhateverItsShards) {
  options_.hash.shard_size = 1;
  directory_.write("model/a", "123");
  std::vector<Resource> signed_shards(3, file("a", "x"));
  EXPECT_EQ(names_of(*measure_signed(signed_shards, UnsignedFiles::kIgnore)),
            (Names{"a:0:1", "a:1:2", "a:2:3"}));
}

// Knows some files by name, as if they held what it says.
class Known final : public KnownDigests {
 public:
  std::map<std::string, std::vector<hash::Digest>> digests;
  std::vector<std::string> learnt;

  std::optional<std::vector<hash::Digest>> find(const TreeFile& file,
                                                const hash::HashOptions& /*how*/) override {
    const auto found = digests.find(file.name());
    if (found == digests.end()) return std::nullopt;
    return found->second;
  }

  void learn(const TreeFile& file, const hash::HashOptions& /*how*/,
             std::span<const hash::Digest> of) override {
    learnt.push_back(file.name() + "=" + file.location.path + ":" + std::to_string(of.size()));
  }
};

TEST_F(MeasureTest, ReadsOnlyWhatIsNotKnown) {
  Known known;
  known.digests["b"] = {file("b", "something else").digest};
  options_.known = &known;
  const auto measured = measure_all();
  ASSERT_THAT(measured, IsOk());
  EXPECT_EQ(measured->resources, (std::vector<Resource>{file("a", "a"), file("b", "something else"),
                                                        file("logs/c", "c")}));
  EXPECT_EQ(measured->files_not_read, 1U);
  EXPECT_EQ(known.learnt, (std::vector<std::string>{"a=a:1", "logs/c=logs/c:1"}));
}

TEST_F(MeasureTest, ReadsAFileOfWhichTheWrongNumberOfDigestsIsKnown) {
  Known known;
  known.digests["b"] = {file("b", "b").digest};
  directory_.write("model/b", "bbbbb");
  options_.known = &known;
  options_.hash.shard_size = 3;
  const auto measured = measure_all();
  ASSERT_THAT(measured, IsOk());
  EXPECT_EQ(measured->files_not_read, 0U);
  EXPECT_EQ(names_of(measured->resources),
            (std::vector<std::string>{"a:0:1", "b:0:3", "b:3:5", "logs/c:0:1"}));
}

}  // namespace
}  // namespace hallmark::manifest

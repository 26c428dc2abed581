#include "hallmark/model/diff.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/model/sign.h"
#include "testing/result_matchers.h"
#include "testing/sign_model_fixture.h"

namespace hallmark::model {
namespace {

using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DiffTest : public SignModelFixture {
 protected:
  DiffTest() {
    write_model("old");
    write_model("new");
    directory_.write("new/changed", "other");
    directory_.write("new/added", "added");
    std::filesystem::remove(directory_.path("new/removed"));
    std::filesystem::rename(directory_.path("new/named"), directory_.path("new/renamed"));
  }

  void write_model(const std::string& name) {
    for (const std::string file : {"same", "changed", "removed", "named"}) {
      directory_.write(std::string(name).append("/").append(file), file);
    }
  }

  void sign_as(const std::string& model, const std::string& signature, HashingOptions how = {}) {
    request_.model = directory_.path(model);
    request_.signature = directory_.path(signature);
    request_.hashing = how;
    ASSERT_THAT(sign(), IsOk());
  }

  Result<DiffReport> diff(const std::string& before, const std::string& after) {
    return diff_models({directory_.path(before), directory_.path(after), {}}, context_.get());
  }

  // "changed a", "renamed b c" and so on.
  std::vector<std::string> differences(const std::string& before, const std::string& after) {
    std::vector<std::string> lines;
    const DiffReport report = diff(before, after).value();
    lines.reserve(report.differences.size());
    for (const manifest::Difference& d : report.differences) {
      lines.push_back(std::string(to_string(d.kind)) + " " + d.path + " " +
                      d.new_path.value_or(""));
    }
    return lines;
  }
};

TEST_F(DiffTest, ComparesTwoModels) {
  EXPECT_THAT(differences("old", "new"), ElementsAre("extra added ", "changed changed ",
                                                     "renamed named renamed", "missing removed "));
  EXPECT_THAT(differences("old", "old"), IsEmpty());
  const auto report = diff("old", "new");
  ASSERT_THAT(report, IsOk());
  EXPECT_FALSE(report->before.is_signature);
  EXPECT_EQ(report->before.files, 4U);
  EXPECT_EQ(report->after.files, 4U);
}

TEST_F(DiffTest, ComparesSignaturesWithModelsAndWithEachOther) {
  sign_as("old", "old.sig");
  sign_as("new", "new.sig");
  const auto expected = differences("old", "new");
  EXPECT_EQ(differences("old.sig", "new"), expected);
  EXPECT_EQ(differences("old", "new.sig"), expected);
  EXPECT_EQ(differences("old.sig", "new.sig"), expected);
  EXPECT_TRUE(diff("old.sig", "new").value().before.is_signature);
  std::filesystem::remove_all(directory_.path("old"));
  EXPECT_EQ(differences("old.sig", "new.sig"), expected);
}

TEST_F(DiffTest, HashesAModelAsTheSignatureSays) {
  const HashingOptions how{hash::Algorithm::kBlake2b, 3};
  sign_as("old", "old.sig", how);
  EXPECT_THAT(differences("old.sig", "old"), IsEmpty());
  EXPECT_THAT(differences("old", "old.sig"), IsEmpty());
  EXPECT_EQ(diff("old.sig", "new").value().hashing.shard_size, 3U);
  EXPECT_EQ(differences("old.sig", "new").size(), 4U);
}

TEST_F(DiffTest, RefusesDigestsOfDifferentKinds) {
  sign_as("old", "old.sig", {hash::Algorithm::kBlake2b, 0});
  sign_as("new", "new.sig");
  EXPECT_THAT(diff("old.sig", "new.sig"), HasCode(Code::kUnsupported));
  sign_as("old", "shards.sig", {hash::Algorithm::kSha256, 2});
  EXPECT_THAT(diff("shards.sig", "new.sig"), HasCode(Code::kUnsupported));
}

TEST_F(DiffTest, ChoosesFilesAsTheSignatureSays) {
  directory_.write("old/.gitattributes", "x");
  directory_.write("old/logs/today", "x");
  request_.files.ignore_paths = {directory_.path("old/logs")};
  sign_as("old", "old/inside.sig");
  EXPECT_THAT(differences("old/inside.sig", "old"), IsEmpty());
}

TEST_F(DiffTest, KnowsASingleFileByEitherOfItsNames) {
  directory_.write("one.bin", "weights");
  for (const Compatibility compatibility : {Compatibility::kNone, Compatibility::kReference}) {
    request_.compatibility = compatibility;
    sign_as("one.bin", "one.sig");
    EXPECT_THAT(differences("one.sig", "one.bin"), IsEmpty());
    EXPECT_THAT(differences("one.bin", "one.sig"), IsEmpty());
  }
}

TEST_F(DiffTest, TakesAnyOtherFileForAModel) {
  directory_.write("config.json", "{}");
  directory_.write("config-2.json", "{ }");
  EXPECT_EQ(differences("config.json", "config-2.json").size(), 2U);
  directory_.write("broken.sig", R"({"mediaType":"x","dsseEnvelope":{}})");
  EXPECT_THAT(diff("old", "broken.sig"), HasCode(Code::kMediaTypeMismatch));
  EXPECT_THAT(diff("old", "nowhere"), HasCode(Code::kNotFound));
}

}  // namespace
}  // namespace hallmark::model

#include "model/archive_choice.h"

#include <gtest/gtest.h>

#include "testing/temporary_directory.h"

namespace hallmark::model {
namespace {

using manifest::ArchiveForm;

class ArchiveChoiceTest : public ::testing::Test {
 protected:
  // What is meant by the model when these names are signed.
  std::optional<ArchiveForm> choose(const std::string& model,
                                    const std::vector<std::string>& names) {
    std::vector<manifest::Resource> resources;
    resources.reserve(names.size());
    for (const std::string& name : names) {
      resources.push_back({name, hash::Digest::zero(hash::Algorithm::kSha256), {}});
    }
    return archive_with_members(manifest::ModelTree::open(directory_.path(model)).value(),
                                resources);
  }

  testing::TemporaryDirectory directory_;
};

TEST_F(ArchiveChoiceTest, MeansTheMembersUnlessTheArchiveWasSigned) {
  directory_.write("m.tar", "");
  EXPECT_EQ(choose("m.tar", {"a", "b"}), ArchiveForm::kTar);
  EXPECT_EQ(choose("m.tar", {"weights.bin"}), ArchiveForm::kTar);
  EXPECT_EQ(choose("m.tar", {"m.tar", "b"}), ArchiveForm::kTar);
  EXPECT_EQ(choose("m.tar", {"m.tar"}), std::nullopt);
  EXPECT_EQ(choose("m.tar", {"."}), std::nullopt);
  EXPECT_EQ(choose("m.tar", {"m.tar", "m.tar"}), std::nullopt) << "shards";
}

TEST_F(ArchiveChoiceTest, TakesOtherFilesAsTheyAre) {
  directory_.write("model.pt", "PK");
  EXPECT_EQ(choose("model.pt", {"a", "b"}), std::nullopt);
}

TEST_F(ArchiveChoiceTest, TakesDirectoriesAsTheyAre) {
  directory_.make_directory("m.tar");
  EXPECT_EQ(choose("m.tar", {"a", "b"}), std::nullopt);
}

}  // namespace
}  // namespace hallmark::model

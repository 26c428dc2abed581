#include "hallmark/manifest/tree.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::manifest {
namespace {

using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::IsOkWith;
using hallmark::testing::TemporaryDirectory;
using ::testing::Eq;

class ModelTreeTest : public ::testing::Test {
 protected:
  Result<ModelTree> open(const std::string& name) { return ModelTree::open(directory_.path(name)); }

  // The path at which a name is found, or "" when there is no such file.
  Result<std::string> find(const std::string& name, bool allow_symlinks) {
    const auto file = find_file(open("model").value(), name, {.allow_symlinks = allow_symlinks});
    if (!file) return fail(file.error());
    return *file ? (*file)->location.path : "";
  }

  TemporaryDirectory directory_;
};

TEST_F(ModelTreeTest, OpensADirectory) {
  directory_.write("model/file", "x");
  for (const std::string name : {"model", "model/", "model//", "model/."}) {
    const auto tree = open(name);
    ASSERT_THAT(tree, IsOk()) << name;
    EXPECT_EQ(tree->name(), "model") << name;
    EXPECT_FALSE(tree->is_single_file());
  }
}

TEST_F(ModelTreeTest, OpensASingleFile) {
  directory_.write("model.bin", "x");
  const auto tree = open("model.bin");
  ASSERT_THAT(tree, IsOk());
  EXPECT_EQ(tree->name(), "model.bin");
  EXPECT_EQ(tree->file(), "model.bin");
}

TEST_F(ModelTreeTest, FollowsTheLinkThatTheUserNames) {
  directory_.write("v2/file", "x");
  directory_.make_link("v2", "current");
  const auto tree = open("current");
  ASSERT_THAT(tree, IsOk());
  EXPECT_EQ(tree->name(), "current");
  EXPECT_EQ(tree->real_path(), std::filesystem::canonical(directory_.path("v2")).string());
}

TEST_F(ModelTreeTest, RefusesWhatIsNoModel) {
  directory_.make_pipe("pipe");
  EXPECT_THAT(open("nothing"), HasCode(Code::kNotFound));
  EXPECT_THAT(open("pipe"), HasCode(Code::kSpecialFile));
  EXPECT_THAT(ModelTree::open("/dev/null"), HasCode(Code::kSpecialFile));
}

TEST_F(ModelTreeTest, FindsFilesByName) {
  directory_.write("model/sub/file", "x");
  EXPECT_THAT(find("sub/file", false), IsOkWith("sub/file"));
  for (const std::string name : {"sub", "nothing", "sub/nothing", "sub/file/below", "other/file"}) {
    EXPECT_THAT(find(name, false), IsOkWith("")) << name;
    EXPECT_THAT(find(name, true), IsOkWith("")) << name;
  }
}

TEST_F(ModelTreeTest, FindsThroughLinksOnlyWhenAllowed) {
  directory_.write("model/sub/file", "x");
  directory_.write("outside", "x");
  directory_.make_link("sub", "model/folder");
  directory_.make_link("sub/file", "model/link");
  directory_.make_link("../outside", "model/out");
  directory_.make_link("nothing", "model/dangling");
  directory_.make_link("self", "model/self");
  EXPECT_THAT(find("link", true), IsOkWith("sub/file"));
  EXPECT_THAT(find("folder/file", true), IsOkWith("sub/file"));
  EXPECT_THAT(find("out", true), HasCode(Code::kSymlinkOutside));
  EXPECT_THAT(find("self", true), HasCode(Code::kSymlinkCycle));
  EXPECT_THAT(find("dangling", true), IsOkWith(""));
  for (const std::string name : {"link", "folder/file", "out", "dangling", "self"}) {
    EXPECT_THAT(find(name, false), HasCode(Code::kSymlinkRefused)) << name;
  }
}

TEST_F(ModelTreeTest, RefusesASpecialFileUnderASignedName) {
  directory_.make_directory("model");
  directory_.make_pipe("model/pipe");
  EXPECT_THAT(find("pipe", false), HasCode(Code::kSpecialFile));
  EXPECT_THAT(find("pipe", true), HasCode(Code::kSpecialFile));
}

}  // namespace
}  // namespace hallmark::manifest

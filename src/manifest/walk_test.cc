#include <filesystem>

#include <gtest/gtest.h>

#include "hallmark/manifest/tree.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::manifest {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOkWith;
using hallmark::testing::TemporaryDirectory;
using ::testing::HasSubstr;

using Names = std::vector<std::string>;

class WalkTest : public ::testing::Test {
 protected:
  Result<Names> walk(const WalkOptions& options = {}) {
    const ModelTree tree = ModelTree::open(directory_.path("model")).value();
    const auto files = list_files(tree, ignored_, options, cancellation_);
    if (!files) return fail(files.error());
    Names names;
    for (const TreeFile& file : *files) {
      names.push_back(file.other_name == nullptr ? file.name()
                                                 : file.name() + " at " + file.location.path);
    }
    return names;
  }

  Result<Names> walk_links() { return walk({.allow_symlinks = true}); }

  TemporaryDirectory directory_;
  IgnoreRules ignored_;
  base::Cancellation cancellation_;
};

TEST_F(WalkTest, ListsFilesByCodePointsOfTheWholeName) {
  for (const std::string name : {"a/b", "a-b", "a.txt", ".hidden", "z/y/x", "模型", "a/..x"}) {
    directory_.write("model/" + name, name);
  }
  directory_.make_directory("model/empty");
  EXPECT_THAT(walk(), IsOkWith(Names{".hidden", "a-b", "a.txt", "a/..x", "a/b", "z/y/x", "模型"}));
}

TEST_F(WalkTest, ListsASingleFile) {
  directory_.write("model", "x");
  EXPECT_THAT(walk(), IsOkWith(Names{"model"}));
}

TEST_F(WalkTest, ListsNothingInAnEmptyDirectory) {
  directory_.make_directory("model/sub");
  EXPECT_THAT(walk(), IsOkWith(Names{}));
}

TEST_F(WalkTest, LeavesOutIgnoredPathsBeforeLookingAtThem) {
  directory_.write("model/kept", "x");
  directory_.write("model/logs/x", "x");
  directory_.make_link("nowhere", "model/link");
  directory_.make_pipe("model/pipe");
  directory_.write("model/bad\xff", "x");
  for (const std::string path : {"logs", "link", "pipe", "bad\xff"}) ignored_.add(path);
  EXPECT_THAT(walk(), IsOkWith(Names{"kept"}));
}

TEST_F(WalkTest, LeavesOutAFileAndNoDirectoryInItsPlace) {
  directory_.write("model/kept", "x");
  directory_.write("model/file", "x");
  directory_.make_link("file", "model/link");
  directory_.make_link("../elsewhere", "model/outside");
  directory_.write("model/directory/x", "x");
  for (const std::string path : {"file", "link", "outside", "directory"}) ignored_.add_file(path);
  EXPECT_THAT(walk(), IsOkWith(Names{"directory/x", "kept"}));
  directory_.make_directory("elsewhere");
  EXPECT_THAT(walk(), FailsWith(Code::kSymlinkRefused, HasSubstr("'outside'")));
}

TEST_F(WalkTest, RefusesLinksUnlessAllowed) {
  directory_.write("model/file", "x");
  directory_.make_link("file", "model/link");
  EXPECT_THAT(walk(), FailsWith(Code::kSymlinkRefused, HasSubstr("'link'")));
}

TEST_F(WalkTest, FollowsLinksWithinTheRoot) {
  directory_.write("model/sub/deep/file", "x");
  directory_.make_link("sub/deep/file", "model/link");
  directory_.make_link("sub", "model/folder");
  directory_.make_link(directory_.path("model/sub/deep"), "model/absolute");
  directory_.make_directory("model/other");
  directory_.make_link("../sub/deep", "model/other/up");
  EXPECT_THAT(
      walk_links(),
      IsOkWith(Names{"absolute/file at sub/deep/file", "folder/deep/file at sub/deep/file",
                     "link at sub/deep/file", "other/up/file at sub/deep/file", "sub/deep/file"}));
}

TEST_F(WalkTest, RefusesLinksThatLeadOutside) {
  directory_.write("model/file", "x");
  directory_.write("model2/secret", "x");
  struct Case {
    std::string target;
    std::string name;
  };
  for (const Case& c : {Case{"/etc/passwd", "absolute"}, Case{"../model2", "folder"},
                        Case{"../model2/secret", "relative"}, Case{"..", "parent"}}) {
    directory_.make_link(c.target, "model/" + c.name);
    EXPECT_THAT(walk_links(), FailsWith(Code::kSymlinkOutside, HasSubstr(c.name)));
    std::filesystem::remove(directory_.path("model/" + c.name));
  }
}

TEST_F(WalkTest, RefusesCycles) {
  struct Case {
    std::string target;
    std::string name;
  };
  directory_.write("model/a/file", "x");
  directory_.write("model/b/file", "x");
  for (const Case& c :
       {Case{".", "self"}, Case{"loop", "loop"}, Case{"..", "a/up"}, Case{"../..", "a/outside"}}) {
    directory_.make_link(c.target, "model/" + c.name);
    const auto names = walk_links();
    ASSERT_FALSE(names.has_value()) << c.name;
    EXPECT_EQ(names.error().code,
              c.name == "a/outside" ? Code::kSymlinkOutside : Code::kSymlinkCycle);
    std::filesystem::remove(directory_.path("model/" + c.name));
  }
  directory_.make_link("../b", "model/a/to_b");
  directory_.make_link("../a", "model/b/to_a");
  EXPECT_THAT(walk_links(), HasCode(Code::kSymlinkCycle));
}

// The link leads into a directory that is no ancestor, but that contains one.
TEST_F(WalkTest, RefusesACycleThroughAPlainDirectory) {
  directory_.write("model/a/b/file", "x");
  directory_.make_link("a/b", "model/entry");
  directory_.make_link("..", "model/a/b/up");
  EXPECT_THAT(walk_links(), HasCode(Code::kSymlinkCycle));
}

TEST_F(WalkTest, RefusesDanglingLinks) {
  directory_.make_directory("model");
  directory_.make_link("nothing", "model/link");
  EXPECT_THAT(walk_links(), HasCode(Code::kSymlinkDangling));
}

TEST_F(WalkTest, RefusesSpecialFiles) {
  directory_.make_directory("model");
  directory_.make_pipe("model/pipe");
  EXPECT_THAT(walk(), FailsWith(Code::kSpecialFile, HasSubstr("'pipe'")));
  directory_.make_link("pipe", "model/link");
  ignored_.add("pipe");
  EXPECT_THAT(walk_links(), FailsWith(Code::kSpecialFile, HasSubstr("'link'")));
}

TEST_F(WalkTest, RefusesNamesThatAreNotUtf8) {
  directory_.write("model/sub/bad\xff", "x");
  EXPECT_THAT(walk(), FailsWith(Code::kNameNotUtf8, HasSubstr("sub/bad\\xff")));
}

TEST_F(WalkTest, RefusesASingleFileWhoseNameIsNotUtf8) {
  directory_.write("bad\xff", "x");
  const ModelTree tree = ModelTree::open(directory_.path("bad\xff")).value();
  EXPECT_THAT(list_files(tree, ignored_, {}, cancellation_), HasCode(Code::kNameNotUtf8));
}

// Two links a level double the files each time: 2^12 of them with twelve directories.
TEST_F(WalkTest, GivesUpBeforeLinksMultiplyWithoutEnd) {
  for (int i = 0; i < 12; ++i) {
    const std::string folder = "model/d" + std::to_string(i);
    directory_.make_directory(folder);
    directory_.make_link("../d" + std::to_string(i + 1), folder + "/left");
    directory_.make_link("../d" + std::to_string(i + 1), folder + "/right");
  }
  directory_.write("model/d12/file", "x");
  EXPECT_THAT(walk({.allow_symlinks = true, .max_entries = 1000}), HasCode(Code::kLimitExceeded));
  EXPECT_THAT(walk({.allow_symlinks = true, .max_linked_entries = 1000}),
              HasCode(Code::kLimitExceeded));
}

TEST_F(WalkTest, CountsTowardsTheLimitOfLinksOnlyWhatLinksLeadTo) {
  for (int i = 0; i < 20; ++i) directory_.write("model/d/" + std::to_string(i), "x");
  directory_.make_link("d", "model/e");
  EXPECT_THAT(walk({.allow_symlinks = true, .max_linked_entries = 20}), testing::IsOk());
  EXPECT_THAT(walk({.allow_symlinks = true, .max_linked_entries = 19}),
              HasCode(Code::kLimitExceeded));
  EXPECT_THAT(walk({.allow_symlinks = true, .max_linked_name_bytes = 70}), testing::IsOk());
  EXPECT_THAT(walk({.allow_symlinks = true, .max_linked_name_bytes = 69}),
              HasCode(Code::kLimitExceeded));
}

TEST_F(WalkTest, StopsWhenCancelled) {
  directory_.write("model/file", "x");
  cancellation_.request();
  EXPECT_THAT(walk(), HasCode(Code::kCancelled));
}

TEST_F(WalkTest, RefusesPathsLongerThanTheSystemTakes) {
  std::filesystem::path path = directory_.path("model");
  const std::string part(250, 'a');
  std::filesystem::create_directory(path);
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(path);
  for (int i = 0; i < 18; ++i) {
    std::filesystem::create_directory(part);
    std::filesystem::current_path(part);
  }
  std::filesystem::current_path(before);
  EXPECT_THAT(walk(), HasCode(Code::kNameTooLong));
}

}  // namespace
}  // namespace hallmark::manifest

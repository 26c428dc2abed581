#include "hallmark/manifest/ignore.h"

#include <filesystem>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::manifest {
namespace {

using hallmark::testing::HasCode;
using hallmark::testing::IsOkWith;
using hallmark::testing::TemporaryDirectory;

TEST(IgnoreRulesTest, CoverAPathAndWhatIsBeneathIt) {
  IgnoreRules rules;
  rules.add("logs");
  rules.add("a/b");
  for (const std::string_view path : {"logs", "logs/x", "logs/x/y", "a/b", "a/b/c"}) {
    EXPECT_TRUE(rules.covers(path)) << path;
  }
  for (const std::string_view path : {"logs2", "log", "a", "a/bc", "b", "x/logs", "a/c/b"}) {
    EXPECT_FALSE(rules.covers(path)) << path;
  }
}

TEST(IgnoreRulesTest, KnowGitAtTheRootOnly) {
  IgnoreRules rules;
  rules.add_git_paths();
  for (const std::string_view path :
       {".git", ".git/HEAD", ".gitignore", ".gitattributes", ".github/x"}) {
    EXPECT_TRUE(rules.covers(path)) << path;
  }
  for (const std::string_view path : {"sub/.git/HEAD", "sub/.gitignore", ".gitmodules", ".git2"}) {
    EXPECT_FALSE(rules.covers(path)) << path;
  }
}

RC_GTEST_PROP(IgnoreRulesTest, CoverExactlyByComponents, ()) {
  const auto path =
      rc::gen::map(rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(
                       rc::gen::elementOf(std::vector<std::string>{"a", "b", "ab", "a."}))),
                   [](const std::vector<std::string>& parts) {
                     std::string joined;
                     for (const auto& part : parts) joined += (joined.empty() ? "" : "/") + part;
                     return joined;
                   });
  const std::string rule = *path;
  const std::string name = *path;
  IgnoreRules rules;
  rules.add(rule);
  RC_ASSERT(rules.covers(name) == (name == rule || name.starts_with(rule + "/")));
}

class ResolveInModelTest : public ::testing::Test {
 protected:
  ResolveInModelTest() {
    directory_.write("model/sub/file", "x");
    directory_.write("model2/file", "x");
    directory_.make_link("sub", "model/link");
    directory_.make_link("model", "alias");
    directory_.make_link("/etc/passwd", "model/out");
    root_ = std::filesystem::canonical(directory_.path("model")).string();
  }

  Result<std::string> resolve(const std::string& name) {
    return resolve_in_model(root_, directory_.path(name));
  }

  TemporaryDirectory directory_;
  std::string root_;
};

TEST_F(ResolveInModelTest, FindsPathsInside) {
  EXPECT_THAT(resolve("model/sub/file"), IsOkWith("sub/file"));
  EXPECT_THAT(resolve("model/sub/"), IsOkWith("sub"));
  EXPECT_THAT(resolve("model/./sub/../sub/file"), IsOkWith("sub/file"));
  EXPECT_THAT(resolve("alias/sub/file"), IsOkWith("sub/file"));
  EXPECT_THAT(resolve("model/not/there"), IsOkWith("not/there"));
}

TEST_F(ResolveInModelTest, DoesNotFollowTheFinalLink) {
  EXPECT_THAT(resolve("model/link"), IsOkWith("link"));
  EXPECT_THAT(resolve("model/out"), IsOkWith("out"));
  EXPECT_THAT(resolve("model/link/file"), IsOkWith("sub/file"));
}

TEST_F(ResolveInModelTest, RefusesPathsOutside) {
  for (const std::string name : {"model", "model/", "model/.", "model2/file", "model/../model2",
                                 "model/sub/../..", "other", "alias"}) {
    EXPECT_THAT(resolve(name), HasCode(Code::kPathOutsideModel)) << name;
  }
}

TEST_F(ResolveInModelTest, TakesRelativePathsFromTheCurrentDirectory) {
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(directory_.path("model"));
  EXPECT_THAT(resolve_in_model(root_, "sub/file"), IsOkWith("sub/file"));
  EXPECT_THAT(resolve_in_model(root_, "../model/sub"), IsOkWith("sub"));
  EXPECT_THAT(resolve_in_model(root_, ".."), HasCode(Code::kPathOutsideModel));
  std::filesystem::current_path(before);
}

class NameInModelTest : public ResolveInModelTest {
 protected:
  Result<std::string> name(const std::string& path) {
    return name_in_model(root_, directory_.path(path));
  }
};

TEST_F(NameInModelTest, FindsPathsInside) {
  EXPECT_THAT(name("model/sub/file"), IsOkWith("sub/file"));
  EXPECT_THAT(name("model/sub/"), IsOkWith("sub"));
  EXPECT_THAT(name("model/sub/."), IsOkWith("sub"));
  EXPECT_THAT(name("model/./sub/../sub//file"), IsOkWith("sub/file"));
  EXPECT_THAT(name("alias/sub/file"), IsOkWith("sub/file"));
  EXPECT_THAT(name("model/not/there"), IsOkWith("not/there"));
  EXPECT_THAT(name("model/../model/sub"), IsOkWith("sub"));
  EXPECT_THAT(name_in_model("/", "/etc/passwd"), IsOkWith("etc/passwd"));
}

TEST_F(NameInModelTest, FollowsNoLinkInTheModel) {
  directory_.make_link(".", "model/here");
  directory_.make_link("model/sub", "into");
  EXPECT_THAT(name("model/link"), IsOkWith("link"));
  EXPECT_THAT(name("model/link/file"), IsOkWith("link/file"));
  EXPECT_THAT(name("model/here/sub/file"), IsOkWith("here/sub/file"));
  EXPECT_THAT(name("model/out/x"), IsOkWith("out/x"));
  EXPECT_THAT(name("alias/link/file"), IsOkWith("link/file"));
  EXPECT_THAT(name("into/file"), IsOkWith("sub/file"));
}

// To a loader that opens the path it is the parent of where the link leads.
TEST_F(NameInModelTest, DoesNotGoUpFromALinkInTheModel) {
  directory_.make_link("model/sub", "into");
  directory_.write("model/sub/deep/file", "x");
  EXPECT_THAT(name("model/link/../file"), HasCode(Code::kUsage));
  EXPECT_THAT(name("model/link/./../file"), HasCode(Code::kUsage));
  EXPECT_THAT(name("alias/out/../file"), HasCode(Code::kUsage));
  EXPECT_THAT(name("model/link/.."), HasCode(Code::kUsage)) << "not what the link leads to";
  EXPECT_THAT(name("model/link/deep/../file"), IsOkWith("link/file"));
  EXPECT_THAT(name("into/../file"), IsOkWith("file"));
}

TEST_F(NameInModelTest, RefusesPathsOutside) {
  for (const std::string path : {"model", "model/", "model/.", "model2/file", "model/../model2",
                                 "model/sub/..", "model/sub/../..", "other", "alias"}) {
    EXPECT_THAT(name(path), HasCode(Code::kPathOutsideModel)) << path;
  }
  EXPECT_THAT(name_in_model(root_, ""), HasCode(Code::kUsage));
}

TEST_F(NameInModelTest, TakesRelativePathsFromTheCurrentDirectory) {
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(directory_.path("model"));
  EXPECT_THAT(name_in_model(root_, "sub/file"), IsOkWith("sub/file"));
  EXPECT_THAT(name_in_model(root_, "../model/sub"), IsOkWith("sub"));
  EXPECT_THAT(name_in_model(root_, ".."), HasCode(Code::kPathOutsideModel));
  std::filesystem::current_path(before);
}

}  // namespace
}  // namespace hallmark::manifest

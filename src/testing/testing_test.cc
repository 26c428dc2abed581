#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing/colliding_names.h"
#include "testing/fixed_clock.h"
#include "testing/golden.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Not;

// Sets one variable of the environment for the time of a test.
class ScopedVariable {
 public:
  ScopedVariable(const char* name, const char* value) : name_(name) {
    const char* before = std::getenv(name);
    if (before != nullptr) before_ = before;
    ::setenv(name, value, 1);
  }
  ~ScopedVariable() {
    if (before_) {
      ::setenv(name_, before_->c_str(), 1);
    } else {
      ::unsetenv(name_);
    }
  }
  ScopedVariable(const ScopedVariable&) = delete;
  ScopedVariable& operator=(const ScopedVariable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

TEST(TemporaryDirectoryTest, StandsBeneathTmpdir) {
  const TemporaryDirectory outer;
  const ScopedVariable variable("TMPDIR", (outer.path() + "/").c_str());
  const TemporaryDirectory inner;
  EXPECT_TRUE(inner.path().starts_with(outer.path() + "/")) << inner.path();
  EXPECT_EQ(outer.list().size(), 1U);
}

TEST(TemporaryDirectoryTest, WritesReadsAndListsFiles) {
  const TemporaryDirectory directory;
  directory.write("b/c/deep", std::string("a\0b", 3));
  directory.write("a", "first");
  directory.write("a", "second");
  EXPECT_EQ(directory.read("b/c/deep"), std::string("a\0b", 3));
  EXPECT_EQ(directory.read("a"), "second");
  EXPECT_THAT(directory.list(), ElementsAre("a", "b"));
  EXPECT_THAT(directory.list("b/c"), ElementsAre("deep"));
}

TEST(TemporaryDirectoryTest, SeesLinksThatLeadNowhere) {
  const TemporaryDirectory directory;
  directory.make_link("nowhere", "link");
  EXPECT_TRUE(directory.exists("link"));
  EXPECT_FALSE(directory.exists("nowhere"));
}

TEST(TemporaryDirectoryTest, RemovesWhatIsReadOnlyAndKeepsWhatLinksLeadTo) {
  const TemporaryDirectory kept;
  kept.write("file", "kept");
  std::string path;
  {
    const TemporaryDirectory directory;
    path = directory.path();
    directory.write("locked/inside/file", "gone");
    directory.make_link(kept.path(), "link");
    directory.make_pipe("pipe");
    ASSERT_EQ(::chmod(directory.path("locked/inside").c_str(), 0500), 0);
    ASSERT_EQ(::chmod(directory.path("locked").c_str(), 0), 0);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_EQ(kept.read("file"), "kept");
}

TEST(CollidingNamesTest, DifferAndHaveOneHash) {
  const std::vector<std::string> names = colliding_names(100);
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 100U);
  std::set<std::size_t> hashes;
  for (const std::string& name : names) hashes.insert(std::hash<std::string>()(name));
  EXPECT_EQ(hashes.size(), 1U);
}

TEST(GoldenTest, ComparesWithTheFile) {
  const ScopedVariable variable("HALLMARK_TEST_ACCEPT", "0");
  const TemporaryDirectory directory;
  directory.write("golden", "text\n");
  EXPECT_EQ(compare_with_golden(directory.path("golden"), "text\n"), Golden::kEqual);
  EXPECT_EQ(compare_with_golden(directory.path("golden"), "text"), Golden::kDifferent);
  EXPECT_EQ(compare_with_golden(directory.path("missing"), ""), Golden::kDifferent);
  EXPECT_FALSE(directory.exists("missing"));
}

TEST(GoldenTest, RewritesTheFileWhenAccepting) {
  const ScopedVariable variable("HALLMARK_TEST_ACCEPT", "1");
  const TemporaryDirectory directory;
  EXPECT_EQ(compare_with_golden(directory.path("new/golden"), "text\n"), Golden::kAccepted);
  EXPECT_EQ(directory.read("new/golden"), "text\n");
}

TEST(FixedClockTest, MovesOnlyWhenTold) {
  FixedClock clock(base::UnixTime{100});
  EXPECT_EQ(clock.now(), base::UnixTime{100});
  clock.advance(5);
  EXPECT_EQ(clock.now(), base::UnixTime{105});
  clock.set(base::UnixTime{-1});
  EXPECT_EQ(clock.now(), base::UnixTime{-1});
}

Result<int> three() { return 3; }
Result<int> missing() { return fail(Code::kNotFound, "no file 'a'"); }

TEST(ResultMatchersTest, TellSuccessFromFailure) {
  EXPECT_THAT(three(), IsOk());
  EXPECT_THAT(missing(), Not(IsOk()));
  EXPECT_THAT(three(), IsOkWith(Eq(3)));
  EXPECT_THAT(three(), Not(IsOkWith(Eq(4))));
  EXPECT_THAT(missing(), Not(IsOkWith(Eq(3))));
  EXPECT_THAT(missing(), HasCode(Code::kNotFound));
  EXPECT_THAT(missing(), Not(HasCode(Code::kIoError)));
  EXPECT_THAT(three(), Not(HasCode(Code::kNotFound)));
}

TEST(ResultMatchersTest, CompareMessages) {
  EXPECT_THAT(missing(), FailsWith(Code::kNotFound, "no file 'a'"));
  EXPECT_THAT(missing(), FailsWith(Code::kNotFound, HasSubstr("file")));
  EXPECT_THAT(missing(), Not(FailsWith(Code::kNotFound, "no file")));
  EXPECT_THAT(missing(), Not(FailsWith(Code::kIoError, HasSubstr("file"))));
  EXPECT_THAT(three(), Not(FailsWith(Code::kNotFound, HasSubstr(""))));
}

TEST(ResultMatchersTest, TakeResultsThatCannotBeCopied) {
  const Result<std::unique_ptr<int>> owned = std::make_unique<int>(1);
  EXPECT_THAT(owned, IsOk());
  EXPECT_THAT(Result<void>(fail(Code::kUsage, "wrong")), HasCode(Code::kUsage));
}

TEST(ResultMatchersTest, SayWhatTheyExpect) {
  std::ostringstream described;
  const ::testing::Matcher<const Result<int>&> matcher = HasCode(Code::kNotFound);
  matcher.DescribeTo(&described);
  EXPECT_EQ(described.str(), "fails with not_found");
}

TEST(ResultMatchersTest, ResultsAreShownInWords) {
  EXPECT_EQ(::testing::PrintToString(three()), "3");
  EXPECT_EQ(::testing::PrintToString(missing()), "not_found: no file 'a'");
  EXPECT_EQ(::testing::PrintToString(Result<void>()), "success");
}

}  // namespace
}  // namespace hallmark::testing

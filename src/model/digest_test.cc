#include "hallmark/model/digest.h"

#include <gtest/gtest.h>

#include "testing/model_context.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::model {
namespace {

using hallmark::testing::HasCode;
using hallmark::testing::TemporaryDirectory;

class DigestTest : public ::testing::Test {
 protected:
  std::string digest(Compatibility compatibility = Compatibility::kNone) {
    auto report = digest_model(directory_.path("model"), options_, compatibility, context_.get());
    if (!report) return std::string(name_of(report.error().code));
    return report->digest.hex();
  }

  TemporaryDirectory directory_;
  FileOptions options_;
  TestContext context_;
};

// Digests of "1" and "2", whose order decides: sha256sum over the raw digests, as a shell gives it.
constexpr std::string_view kOneTwo =
    "4295f72eeb1e3507b8461e240e3b8d18c1e7bd2f1122b11fc9ec40a65894031a";
constexpr std::string_view kTwoOne =
    "940ed9abddfb5ef28004408546bc5043cda391232b6afe07267f9f8ed2b500c9";

TEST_F(DigestTest, OrdersFilesByWholeNameOrAsTheReference) {
  directory_.write("model/a-b", "1");
  directory_.write("model/a/b", "2");
  EXPECT_EQ(digest(), kOneTwo);
  EXPECT_EQ(digest(Compatibility::kReference), kTwoOne);
}

TEST_F(DigestTest, LeavesOutGitUnlessToldOtherwise) {
  directory_.write("model/a", "1");
  directory_.write("model/b", "2");
  directory_.write("model/.git/HEAD", "3");
  EXPECT_EQ(digest(), kOneTwo);
  options_.ignore_git_paths = false;
  EXPECT_NE(digest(), kOneTwo);
}

TEST_F(DigestTest, RefusesIgnoredPathsOutside) {
  directory_.write("model/a", "1");
  options_.ignore_paths = {directory_.path("elsewhere")};
  EXPECT_EQ(digest(), "path_outside_model");
}

TEST_F(DigestTest, RefusesAnEmptyModel) {
  directory_.make_directory("model");
  EXPECT_EQ(digest(), "model_empty");
}

}  // namespace
}  // namespace hallmark::model

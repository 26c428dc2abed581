#include "model/link_target.h"

#include <gtest/gtest.h>

#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::model {
namespace {

using hallmark::testing::HasCode;
using hallmark::testing::TemporaryDirectory;

class LinkTargetTest : public ::testing::Test {
 protected:
  // The directory that is chosen for a model, relative to the test's; "" when there is none.
  std::string target(const std::string& model, const std::optional<std::string>& asked = {}) {
    const auto tree = manifest::ModelTree::open(directory_.path(model)).value();
    const auto chosen = link_target(tree, asked).value();
    return chosen == nullptr ? "" : chosen->path().substr(directory_.path().size() + 1);
  }

  void make_cache(const std::string& repository) {
    directory_.write(repository + "/blobs/1111", "x");
    directory_.write(repository + "/snapshots/abc/file", "x");
  }

  TemporaryDirectory directory_;
};

TEST_F(LinkTargetTest, RecognisesTheCacheOfAHub) {
  for (const std::string repository : {"models--a--b", "datasets--a--b", "spaces--a--b"}) {
    make_cache(repository);
    EXPECT_EQ(target(repository + "/snapshots/abc"), repository + "/blobs");
  }
}

TEST_F(LinkTargetTest, RecognisesNothingElse) {
  make_cache("models");
  make_cache("models--a--b");
  directory_.write("models--a--b/elsewhere/abc/file", "x");
  directory_.write("models--a--b/snapshots/abc/deeper/file", "x");
  directory_.write("models--no--blobs/snapshots/abc/file", "x");
  for (const std::string model :
       {"models/snapshots/abc", "models--a--b/elsewhere/abc", "models--a--b/snapshots",
        "models--a--b/snapshots/abc/deeper", "models--a--b/snapshots/abc/file",
        "models--no--blobs/snapshots/abc"}) {
    EXPECT_EQ(target(model), "") << model;
  }
}

TEST_F(LinkTargetTest, TakesNoLinkForTheBlobs) {
  directory_.write("models--a--b/snapshots/abc/file", "x");
  directory_.make_directory("outside");
  directory_.make_link("../outside", "models--a--b/blobs");
  EXPECT_EQ(target("models--a--b/snapshots/abc"), "");
}

TEST_F(LinkTargetTest, TakesWhatIsAskedFor) {
  make_cache("models--a--b");
  directory_.make_directory("store");
  EXPECT_EQ(target("models--a--b/snapshots/abc", directory_.path("store")), "store");
  const auto tree =
      manifest::ModelTree::open(directory_.path("models--a--b/snapshots/abc")).value();
  EXPECT_THAT(link_target(tree, directory_.path("nowhere")), HasCode(Code::kNotFound));
}

}  // namespace
}  // namespace hallmark::model

#include "hallmark/model/inspect.h"

#include <gtest/gtest.h>

#include "testing/result_matchers.h"
#include "testing/signing_keys.h"
#include "testing/temporary_directory.h"

namespace hallmark::model {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::TemporaryDirectory;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(InspectTest, ReadsWithoutAnyKey) {
  TemporaryDirectory directory;
  directory.write("model.sig", hallmark::testing::signed_data("key-p256.sig"));
  const auto contents = inspect_signature(directory.path("model.sig"));
  ASSERT_THAT(contents, IsOk());
  EXPECT_EQ(contents->statement.subject, "model");
  EXPECT_EQ(contents->statement.manifest.resources.size(), 2U);
}

TEST(InspectTest, NamesTheFileAndThePartThatIsMalformed) {
  TemporaryDirectory directory;
  directory.write("bundle", "{}");
  directory.write("payload", hallmark::testing::signed_data("reject-statement.sig"));
  EXPECT_THAT(inspect_signature(directory.path("bundle")),
              FailsWith(Code::kMemberMissing, StartsWith(directory.path("bundle") + ": ")));
  EXPECT_THAT(
      inspect_signature(directory.path("payload")),
      FailsWith(Code::kMemberMissing, StartsWith(directory.path("payload") + ": payload: ")));
}

TEST(InspectTest, CannotReadWhatIsNotThere) {
  TemporaryDirectory directory;
  EXPECT_THAT(inspect_signature(directory.path("nothing")), HasCode(Code::kNotFound));
}

// A pipe there would be waited for.
TEST(InspectTest, ReadsBelowDevOnlyWhatTheShellPassesOn) {
  EXPECT_THAT(inspect_signature("/dev/null"), FailsWith(Code::kIoError, HasSubstr("device")));
}

}  // namespace
}  // namespace hallmark::model

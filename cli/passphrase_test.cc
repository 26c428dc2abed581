#include "cli/passphrase.h"

#include <cstdlib>

#include <gtest/gtest.h>

#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::cli {
namespace {

using hallmark::testing::HasCode;
using hallmark::testing::TemporaryDirectory;

// NOLINTNEXTLINE(cppcoreguidelines-virtual-class-destructor): GoogleTest destroys it by its base
class PassphraseTest : public ::testing::Test {
 protected:
  PassphraseTest() { ::unsetenv("HALLMARK_KEY_PASSWORD"); }
  ~PassphraseTest() override { ::unsetenv("HALLMARK_KEY_PASSWORD"); }

  // The passphrase, or the name of the failure in angle brackets.
  std::string found() {
    UserPassphrase source(options_, log_, cancellation_);
    const auto passphrase = source.passphrase();
    if (!passphrase) return "<" + std::string(name_of(passphrase.error().code)) + ">";
    return std::string(passphrase->expose_secret());
  }

  TemporaryDirectory directory_;
  PassphraseOptions options_;
  base::CollectingLog log_;
  base::Cancellation cancellation_;
};

TEST_F(PassphraseTest, ReadsAFileWithoutItsLineEnd) {
  options_.file = directory_.path("passphrase");
  for (const std::string end : {"", "\n", "\r\n"}) {
    directory_.write("passphrase", "one two " + end);
    EXPECT_EQ(found(), "one two ");
  }
  directory_.write("passphrase", "one\n\n");
  EXPECT_EQ(found(), "one\n");
}

TEST_F(PassphraseTest, CannotReadAMissingOrAHugeFile) {
  options_.file = directory_.path("nothing");
  EXPECT_EQ(found(), "<not_found>");
  directory_.write("huge", std::string(5000, 'x'));
  options_.file = directory_.path("huge");
  EXPECT_EQ(found(), "<limit_exceeded>");
}

TEST_F(PassphraseTest, PrefersTheFileThenTheArgumentThenTheVariable) {
  ::setenv("HALLMARK_KEY_PASSWORD", "variable", 1);
  EXPECT_EQ(found(), "variable");
  EXPECT_TRUE(log_.warnings().empty());
  options_.argument = "argument";
  EXPECT_EQ(found(), "argument");
  EXPECT_EQ(log_.warnings().size(), 1U);
  directory_.write("passphrase", "file");
  options_.file = directory_.path("passphrase");
  EXPECT_EQ(found(), "file");
}

}  // namespace
}  // namespace hallmark::cli

#include "cli/model_signing/log_level.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing/result_matchers.h"

namespace hallmark::cli::model_signing {
namespace {

using ::testing::HasSubstr;

std::string shown(Threshold threshold) {
  ThresholdLog log(threshold);
  ::testing::internal::CaptureStderr();
  log.log(base::LogLevel::kDebug, "d");
  log.log(base::LogLevel::kInfo, "i");
  log.log(base::LogLevel::kWarning, "w");
  return ::testing::internal::GetCapturedStderr();
}

TEST(LogLevelTest, ReadsNamesInAnyCase) {
  EXPECT_EQ(parse_threshold("DEBUG", "x"), Threshold::kDebug);
  EXPECT_EQ(parse_threshold("info", "x"), Threshold::kInfo);
  EXPECT_EQ(parse_threshold("wArNiNg", "x"), Threshold::kWarning);
  EXPECT_EQ(parse_threshold("Error", "x"), Threshold::kError);
  EXPECT_EQ(parse_threshold("CRITICAL", "x"), Threshold::kCritical);
}

TEST(LogLevelTest, RefusesEverythingElse) {
  for (const char* text : {"", "warn", "INFO ", "10", "notset"}) {
    EXPECT_THAT(parse_threshold(text, "--log-level"),
                testing::FailsWith(Code::kUsage, HasSubstr("expected DEBUG, ")))
        << text;
  }
  EXPECT_EQ(parse_threshold("a\tb", "--log-level").error().message,
            "--log-level: expected DEBUG, INFO, WARNING, ERROR or CRITICAL, found 'a\\tb'");
}

TEST(LogLevelTest, ShowsFromTheThresholdOn) {
  EXPECT_EQ(shown(Threshold::kDebug), "d\ni\nmodel_signing: warning: w\n");
  EXPECT_EQ(shown(Threshold::kInfo), "i\nmodel_signing: warning: w\n");
  EXPECT_EQ(shown(Threshold::kWarning), "model_signing: warning: w\n");
  EXPECT_EQ(shown(Threshold::kError), "");
  EXPECT_EQ(shown(Threshold::kCritical), "");
}

}  // namespace
}  // namespace hallmark::cli::model_signing

#include "hallmark/base/unix_time.h"

#include <cstdint>
#include <string_view>

#include <gtest/gtest.h>

#include "hallmark/base/clock.h"

namespace hallmark::base {
namespace {

TEST(UnixTimeTest, IsWrittenAsRfc3339) {
  struct Case {
    std::int64_t seconds;
    std::string_view text;
  };
  const Case cases[] = {
      {0, "1970-01-01T00:00:00Z"},
      {59, "1970-01-01T00:00:59Z"},
      {86'399, "1970-01-01T23:59:59Z"},
      {86'400, "1970-01-02T00:00:00Z"},
      {-1, "1969-12-31T23:59:59Z"},
      {-86'400, "1969-12-31T00:00:00Z"},
      {-62'135'596'800, "0001-01-01T00:00:00Z"},
      {951'782'400, "2000-02-29T00:00:00Z"},
      {951'868'800, "2000-03-01T00:00:00Z"},
      {1'709'164'800, "2024-02-29T00:00:00Z"},
      {2'147'483'648, "2038-01-19T03:14:08Z"},
      {4'107'542'399, "2100-02-28T23:59:59Z"},
      {4'107'542'400, "2100-03-01T00:00:00Z"},
      {253'402'300'799, "9999-12-31T23:59:59Z"},
  };
  for (const auto& [seconds, text] : cases) EXPECT_EQ(to_string(UnixTime{seconds}), text);
}

TEST(UnixTimeTest, IsOrdered) {
  EXPECT_LT(UnixTime{-1}, UnixTime{0});
  EXPECT_EQ(UnixTime{7}, UnixTime{7});
}

TEST(SystemClockTest, StandsInThisCentury) {
  const UnixTime now = SystemClock().now();
  EXPECT_GT(now, UnixTime{1'700'000'000});
  EXPECT_LT(now, UnixTime{4'102'444'800});
}

}  // namespace
}  // namespace hallmark::base

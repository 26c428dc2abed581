#include "hallmark/base/decimal.h"

#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace hallmark::base {
namespace {

TEST(DecimalTest, RefusesEverySecondSpelling) {
  for (const std::string_view text : {"", "00", "01", "-1", "+1", " 1", "1 ", "1\n", "1.0", "1e3",
                                      "0x1", "1_000", "x", "18446744073709551616"}) {
    EXPECT_FALSE(parse_decimal(text).has_value()) << text;
  }
  EXPECT_FALSE(parse_decimal(std::string_view("1\0", 2)).has_value());
}

TEST(DecimalTest, ReadsTheEndsOfTheRange) {
  EXPECT_EQ(parse_decimal("0"), 0U);
  EXPECT_EQ(parse_decimal("18446744073709551615"), 18446744073709551615U);
}

RC_GTEST_PROP(DecimalTest, ReadsWhatIsWritten, (std::uint64_t value)) {
  RC_ASSERT(parse_decimal(std::to_string(value)) == value);
}

}  // namespace
}  // namespace hallmark::base

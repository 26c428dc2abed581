#include <bit>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "hallmark/base/json.h"
#include "testing/result_matchers.h"

namespace hallmark::base {
namespace {

using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::IsOkWith;

TEST(JsonNumbersTest, ReadsNumbersExactly) {
  struct Case {
    std::string_view text;
    JsonValue value;
  };
  const Case cases[] = {
      {"0", 0},
      {"-0", 0},
      {"-1", -1},
      {"9223372036854775807", std::numeric_limits<std::int64_t>::max()},
      {"9223372036854775808", std::uint64_t{1} << 63U},
      {"18446744073709551615", std::numeric_limits<std::uint64_t>::max()},
      {"-9223372036854775808", std::numeric_limits<std::int64_t>::min()},
      {"0.0", 0.0},
      {"1.0", 1.0},
      {"1e0", 1.0},
      {"1E+2", 100.0},
      {"1e-2", 0.01},
      {"0e400", 0.0},
      {"0.0e-400", 0.0},
      {"1e308", 1e308},
      {"1.7976931348623157e308", std::numeric_limits<double>::max()},
      {"5e-324", std::numeric_limits<double>::denorm_min()},
      {"9007199254740993.0", 9007199254740992.0},
      {"100000000000000000000.0", 1e20},
      {"0.1", std::bit_cast<double>(std::uint64_t{0x3fb999999999999a})},
      {"1.00000000000000011102230246251565404236316680908203124",
       std::bit_cast<double>(std::uint64_t{0x3ff0000000000000})},
      {"1.00000000000000011102230246251565404236316680908203126",
       std::bit_cast<double>(std::uint64_t{0x3ff0000000000001})},
      {"2.2250738585072011e-308", std::bit_cast<double>(std::uint64_t{0x000fffffffffffff})},
  };
  for (const auto& [text, value] : cases) EXPECT_THAT(parse_json(text), IsOkWith(value)) << text;
}

TEST(JsonNumbersTest, KeepsTheSignOfZero) {
  const auto value = parse_json("-0.0");
  ASSERT_THAT(value, IsOk());
  ASSERT_NE(value->get_if<double>(), nullptr);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(*value->get_if<double>()), std::uint64_t{1} << 63U);
}

TEST(JsonNumbersTest, RefusesNumbersThatNothingCanHold) {
  const std::string_view texts[] = {
      "18446744073709551616",
      "-9223372036854775809",
      "100000000000000000000",
      "-18446744073709551616",
      "1e309",
      "-1e309",
      "1.8e308",
      "1e99999999999",
      "1e-400",
      "2e-324",
      "1e-99999999999",
      "123456789012345678901234567890",
  };
  for (const std::string_view text : texts) {
    EXPECT_THAT(parse_json(text), HasCode(Code::kJsonNumberRange)) << text;
    EXPECT_THAT(parse_json("[" + std::string(text) + "]"), HasCode(Code::kJsonNumberRange)) << text;
  }
  EXPECT_THAT(parse_json(std::string(500, '9')), HasCode(Code::kJsonNumberRange));
}

}  // namespace
}  // namespace hallmark::base

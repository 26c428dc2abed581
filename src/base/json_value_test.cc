#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/base/json.h"

namespace hallmark::base {
namespace {

using ::testing::ElementsAre;

TEST(JsonValueTest, KeepsIntegersAsSignedWhereTheyFit) {
  EXPECT_EQ(JsonValue(std::uint64_t{7}), JsonValue(7));
  EXPECT_NE(JsonValue(std::numeric_limits<std::uint64_t>::max()).get_if<std::uint64_t>(), nullptr);
  EXPECT_NE(JsonValue(7), JsonValue(7.0));
}

TEST(JsonValueTest, NamesItsKind) {
  const std::vector<JsonValue> values = {nullptr, true, 1,           ~std::uint64_t{0},
                                         1.5,     "",   JsonArray{}, JsonObject{}};
  std::vector<std::string_view> kinds;
  kinds.reserve(values.size());
  for (const JsonValue& value : values) kinds.push_back(value.kind());
  EXPECT_THAT(kinds, ElementsAre("null", "boolean", "number", "number", "number", "string", "array",
                                 "object"));
  EXPECT_TRUE(values[0].is_null());
  EXPECT_FALSE(values[1].is_null());
}

TEST(JsonValueTest, FindsMembers) {
  const JsonValue value(JsonObject{{"a", 1}, {"", 2}});
  ASSERT_NE(value.find(""), nullptr);
  EXPECT_EQ(*value.find(""), JsonValue(2));
  EXPECT_EQ(value.find("b"), nullptr);
  EXPECT_EQ(JsonValue(1).find("a"), nullptr);
}

}  // namespace
}  // namespace hallmark::base

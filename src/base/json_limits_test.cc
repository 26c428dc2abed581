#include <cstddef>
#include <string>

#include <gtest/gtest.h>

#include "hallmark/base/json.h"
#include "testing/result_matchers.h"

namespace hallmark::base {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(JsonLimitsTest, LimitsTheDepth) {
  const JsonLimits limits{.max_depth = 4};
  EXPECT_THAT(parse_json(nested(4), limits), IsOk());
  EXPECT_THAT(
      parse_json(nested(5), limits),
      FailsWith(Code::kJsonTooDeep, "line 1, column 5 (offset 4): nested deeper than 4 levels"));
  EXPECT_THAT(parse_json(R"({"a":[{"b":[1]}]})", limits), IsOk());
  EXPECT_THAT(parse_json(R"({"a":[{"b":[{}]}]})", limits), HasCode(Code::kJsonTooDeep));
  EXPECT_THAT(parse_json("[[],[],[],[],[[],[]]]", limits), IsOk());
  EXPECT_THAT(parse_json(nested(32)), IsOk());
  EXPECT_THAT(parse_json(nested(33)), HasCode(Code::kJsonTooDeep));
  EXPECT_THAT(parse_json(std::string(1'000'000, '[')), HasCode(Code::kJsonTooDeep));
}

TEST(JsonLimitsTest, LimitsTheBytes) {
  EXPECT_THAT(parse_json("[1, 2]", {.max_bytes = 6}), IsOk());
  EXPECT_THAT(parse_json("[1, 2]", {.max_bytes = 5}),
              FailsWith(Code::kJsonTooLarge, "expected at most 5 bytes of JSON, found 6"));
  EXPECT_THAT(parse_json("", {.max_bytes = 0}), HasCode(Code::kJsonSyntax));
}

TEST(JsonLimitsTest, LimitsTheValues) {
  EXPECT_THAT(parse_json("[1,2,3]", {.max_values = 4}), IsOk());
  EXPECT_THAT(parse_json("[1,2,3]", {.max_values = 3}),
              FailsWith(Code::kJsonTooLarge, "line 1, column 7 (offset 6): more than 3 values"));
  EXPECT_THAT(parse_json("[[[]]]", {.max_values = 3}), IsOk());
  EXPECT_THAT(parse_json("[[[]]]", {.max_values = 2}), HasCode(Code::kJsonTooLarge));
  EXPECT_THAT(parse_json(R"({"a":1,"b":{"c":2}})", {.max_values = 4}), IsOk());
  EXPECT_THAT(parse_json(R"({"a":1,"b":{"c":2}})", {.max_values = 3}),
              HasCode(Code::kJsonTooLarge));
}

}  // namespace
}  // namespace hallmark::base

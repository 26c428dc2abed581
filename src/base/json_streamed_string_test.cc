#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "hallmark/base/json.h"
#include "testing/result_matchers.h"

namespace hallmark::base {
namespace {

using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::IsOkWith;

class JsonStreamedStringTest : public ::testing::Test {
 protected:
  Result<JsonValue> parse(std::string_view text, const JsonLimits& limits = {}) {
    heard_.reset();
    const JsonStreamedString streamed[] = {
        {{"a", "b"}, [this](std::string_view string) { heard_ = std::string(string); }}};
    return parse_json(text, limits, {}, streamed);
  }

  std::optional<std::string> heard_;
};

TEST_F(JsonStreamedStringTest, HandsTheStringOverAndKeepsNone) {
  EXPECT_THAT(
      parse(R"({"b":"c","a":{"b":"text","d":"e"}})"),
      IsOkWith(JsonValue(JsonObject{{"b", "c"}, {"a", JsonObject{{"b", ""}, {"d", "e"}}}})));
  EXPECT_EQ(heard_, "text");
}

TEST_F(JsonStreamedStringTest, HandsOverWhereItStandsInTheText) {
  const std::string text = R"({"a":{"b":"text"}})";
  const char* heard = nullptr;
  const JsonStreamedString streamed[] = {
      {{"a", "b"}, [&](std::string_view string) { heard = string.data(); }}};
  ASSERT_THAT(parse_json(text, {}, {}, streamed), IsOk());
  EXPECT_EQ(heard, text.data() + text.find("text"));
}

TEST_F(JsonStreamedStringTest, JoinsThePartsAroundEscapes) {
  ASSERT_THAT(parse(R"({"a":{"b":"x\/y\u00e9z\n","c":"later"}})"), IsOk());
  EXPECT_EQ(heard_, "x/y\u00e9z\n");
}

TEST_F(JsonStreamedStringTest, HandsOverTheEmptyString) {
  ASSERT_THAT(parse(R"({"a":{"b":""}})"), IsOk());
  EXPECT_EQ(heard_, "");
}

TEST_F(JsonStreamedStringTest, KeepsWhatStandsElsewhereOrIsNoString) {
  for (const std::string_view text : {
           R"({"b":"x"})",
           R"({"a":"x"})",
           R"({"a":{"a":{"b":"x"}}})",
           R"({"a":{"b":{"c":"x"}}})",
           R"({"a":{"b":["x"]}})",
           R"({"a":[{"b":"x"}]})",
           R"([{"a":{"b":"x"}}])",
           R"({"a":{"b":1}})",
           R"({"a":{"b":null,"c":"x"}})",
       }) {
    const auto document = parse(text);
    ASSERT_THAT(document, IsOk());
    EXPECT_EQ(document.value(), parse_json(text).value()) << text;
    EXPECT_FALSE(heard_) << text;
  }
}

TEST_F(JsonStreamedStringTest, RefusesWhatTheReaderRefuses) {
  EXPECT_THAT(parse(R"({"a":{"b":"x","b":"y"}})"), HasCode(Code::kJsonDuplicateMember));
  EXPECT_THAT(parse("{\"a\":{\"b\":\"\xff\"}}"), HasCode(Code::kJsonInvalidUtf8));
  EXPECT_THAT(parse(R"({"a":{"b":"x)"), HasCode(Code::kJsonSyntax));
  EXPECT_THAT(parse(R"({"a":{"b":"x"}})", {.max_values = 2}), HasCode(Code::kJsonTooLarge));
}

}  // namespace
}  // namespace hallmark::base

#include "hallmark/base/json.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "testing/result_matchers.h"

namespace hallmark::base {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::IsOkWith;

TEST(JsonTest, AcceptsEveryFormOfValue) {
  struct Case {
    std::string_view text;
    JsonValue value;
  };
  const Case cases[] = {
      {"null", nullptr},
      {"true", true},
      {"false", false},
      {" \t\r\n1 \t\r\n", 1},
      {"\"\"", ""},
      {"[]", JsonArray{}},
      {"[ ]", JsonArray{}},
      {"{}", JsonObject{}},
      {"{ }", JsonObject{}},
      {"[1,[2],{\"a\":[]}]", JsonArray{1, JsonArray{2}, JsonObject{{"a", JsonArray{}}}}},
      {"{\"b\":1,\"a\":2,\"\":3}", JsonObject{{"b", 1}, {"a", 2}, {"", 3}}},
      {"{\"a\":{\"a\":1},\"b\":{\"a\":1}}",
       JsonObject{{"a", JsonObject{{"a", 1}}}, {"b", JsonObject{{"a", 1}}}}},
      {R"("\"\\\/\b\f\n\r\t")", "\"\\/\b\f\n\r\t"},
      {R"("\u0000")", std::string(1, '\0')},
      {R"("\u0041\u00e9\u20ac\ud83d\ude00\uDBFF\uDFFF")", "A\u00e9\u20ac\U0001f600\U0010ffff"},
      {R"("\uffff\ufffe\ufdd0")", "\uffff\ufffe\ufdd0"},
      {"\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\x7f\"", "\u00e9\u20ac\U0001f600\x7f"},
      {"\"\xe2\x80\xa8\xef\xbb\xbf\"", "\u2028\ufeff"},
  };
  for (const auto& [text, value] : cases) EXPECT_THAT(parse_json(text), IsOkWith(value)) << text;
}

TEST(JsonTest, SaysWhereAndWhat) {
  struct Case {
    std::string_view text;
    Code code;
    std::string_view message;
  };
  const Case cases[] = {
      {"", Code::kJsonSyntax, "line 1, column 1 (offset 0): the text ends too early"},
      {"[1,\n  2 3]", Code::kJsonSyntax, "line 2, column 5 (offset 8): not JSON: syntax error"},
      {"{\r\n\"a\": tru}", Code::kJsonSyntax,
       "line 2, column 6 (offset 8): not JSON: syntax error"},
      {"[1.5e", Code::kJsonSyntax, "line 1, column 6 (offset 5): the text ends too early"},
      {"{}\n\nx", Code::kJsonTrailingData,
       "line 3, column 1 (offset 4): data after the JSON value"},
      {"[\n\"\xff\"]", Code::kJsonInvalidUtf8, "line 2, column 2 (offset 3): not UTF-8"},
      {"{\"a\":1,\n\"a\":2}", Code::kJsonDuplicateMember,
       "line 2, column 3 (offset 10): duplicate member 'a'"},
      {"{\"\\n\":1,\"\\u000a\":2}", Code::kJsonDuplicateMember,
       "line 1, column 16 (offset 15): duplicate member '\\n'"},
      {"[\n18446744073709551616]", Code::kJsonNumberRange,
       "line 2, column 21 (offset 22): the integer does not fit into 64 bits"},
      {"[1e309]", Code::kJsonNumberRange,
       "line 1, column 7 (offset 6): the number does not fit into a double"},
  };
  for (const auto& [text, code, message] : cases) {
    EXPECT_THAT(parse_json(text), FailsWith(code, std::string(message))) << text;
  }
}

RC_GTEST_PROP(JsonProperty, ArbitraryBytesAreJudgedWithoutHarm, ()) {
  const auto text = *rc::gen::container<std::string>(
      rc::gen::elementOf(std::string("{}[]\",:\\ut01.-e \xc3\xa9\xff")));
  const auto value = parse_json(text);
  if (!value) {
    const int number = static_cast<int>(value.error().code);
    RC_ASSERT(number >= static_cast<int>(Code::kJsonSyntax));
    RC_ASSERT(number <= static_cast<int>(Code::kJsonTrailingData));
  }
}

}  // namespace
}  // namespace hallmark::base

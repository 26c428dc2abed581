#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/base/json.h"
#include "testing/result_matchers.h"

namespace hallmark::base {
namespace {

using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using ::testing::AnyOf;

using namespace std::string_view_literals;

TEST(JsonSyntaxTest, RefusesWhatIsNotJson) {
  const std::string_view texts[] = {
      // nothing, or not yet all
      "",
      " ",
      "[",
      "{",
      "\"",
      "tru",
      "[1",
      "[1,",
      "{\"a\"",
      "{\"a\":",
      "{\"a\":1",
      "{\"a\":1,",
      "-",
      "1.",
      "1e",
      "1e+",
      "\"\\",
      "\"\\u12",
      "[\"a",
      "[[]",
      // commas and colons
      "[1,]",
      "[,1]",
      "[1,,2]",
      "[,]",
      "{\"a\":1,}",
      "{,}",
      "{\"a\":1,,\"b\":2}",
      "[1 2]",
      "[1:2]",
      "{\"a\" 1}",
      "{\"a\":}",
      "{\"a\":1 \"b\":2}",
      "{:1}",
      "{\"a\"::1}",
      "{\"a\",1}",
      "[1}",
      "{\"a\":1]",
      "]",
      "}",
      ",",
      ":",
      // names
      "{a:1}",
      "{1:1}",
      "{'a':1}",
      "{null:1}",
      "{[]:1}",
      // numbers
      "+1",
      "-+1",
      "--1",
      "- 1",
      ".5",
      "-.5",
      "[1.]",
      "[1.e1]",
      "[1e]",
      "[1e+]",
      "[1eE2]",
      "[0x10]",
      "[1_000]",
      "[01]",
      "[-01]",
      "[00]",
      "[1.2.3]",
      "[1e1.5]",
      "NaN",
      "-NaN",
      "Infinity",
      "-Infinity",
      "[inf]",
      "[\xef\xbc\x91]",
      // words
      "True",
      "NULL",
      "nul1",
      "[nulll]",
      "[truefalse]",
      "undefined",
      // strings
      "'a'",
      "[\"a\nb\"]",
      "[\"a\tb\"]",
      "[\"\x1f\"]",
      "[\"\0\"]"sv,
      R"(["\a"])",
      R"(["\x41"])",
      R"(["\0"])",
      R"(["\'"])",
      R"(["\u12g4"])",
      R"(["\u 123"])",
      R"(["\U0041"])",
      R"(["\u{41}"])",
      "[\"a]",
      // lone surrogates
      R"(["\ud800"])",
      R"(["\udc00"])",
      R"(["\ud800\ud800"])",
      R"(["\ud800\u0041"])",
      R"(["\ud800x"])",
      R"(["\udc00\ud800"])",
      R"(["\ud83d\\ude00"])",
      R"({"\ud800":1})",
      // comments, byte order mark, other white space
      "//a\n1",
      "/*a*/1",
      "[1/*a*/]",
      "#a\n1",
      "\xef\xbb\xbf[]",
      "\v1",
      "\f1",
      "[\xc2\xa0]",
      "\0"sv,
      "[1\0]"sv,
  };
  for (const std::string_view text : texts) {
    EXPECT_THAT(parse_json(text), HasCode(Code::kJsonSyntax)) << text;
  }
}

TEST(JsonSyntaxTest, RefusesDataAfterTheValue) {
  for (const std::string_view text : {"1 2"sv, "{}{}"sv, "[]]"sv, "{}}"sv, "{},"sv, "null\0"sv,
                                      "\"a\"b"sv, "01"sv, "[]//"sv, "[]#"sv, "truefalse"sv}) {
    EXPECT_THAT(parse_json(text), HasCode(Code::kJsonTrailingData)) << text;
  }
}

TEST(JsonSyntaxTest, RefusesTextThatIsNotUtf8) {
  const std::string_view sequences[] = {
      "\x80",         "\xff",         "\xc0\xaf",         "\xc1\xbf",         "\xe0\x80\xaf",
      "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x80\x80\xaf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
      "\xc3",         "\xe2\x82",     "\xf0\x9f\x98",     "\xfe\xff",
  };
  for (const std::string_view sequence : sequences) {
    const std::string string = "\"" + std::string(sequence) + "\"";
    EXPECT_THAT(parse_json("[" + string + "]"), HasCode(Code::kJsonInvalidUtf8)) << string;
    EXPECT_THAT(parse_json("{" + string + ":1}"), HasCode(Code::kJsonInvalidUtf8)) << string;
    EXPECT_THAT(parse_json(string.substr(0, string.size() - 1)), HasCode(Code::kJsonInvalidUtf8))
        << string;
  }
  EXPECT_THAT(parse_json("\xff\xfe[\0"sv), HasCode(Code::kJsonInvalidUtf8));
}

TEST(JsonSyntaxTest, RefusesEveryTextThatIsCut) {
  constexpr std::string_view kSample =
      R"({"name":"mod\u00e8le \ud83d\ude00","sizes":[0,-1,2.5e+3,18446744073709551615],)"
      "\"ok\":true,\"no\":false,\"nil\":null,\"deep\":{\"a\":[[],{}]},\"raw\":\"\xe2\x82\xac\"}";
  ASSERT_THAT(parse_json(kSample), IsOk());
  for (std::size_t length = 0; length < kSample.size(); ++length) {
    // A copy of its own, so that a read past the end is seen by the sanitizers.
    const std::vector<char> cut(kSample.begin(),
                                kSample.begin() + static_cast<std::ptrdiff_t>(length));
    EXPECT_THAT(parse_json({cut.data(), cut.size()}),
                AnyOf(HasCode(Code::kJsonSyntax), HasCode(Code::kJsonInvalidUtf8)))
        << length;
  }
}

}  // namespace
}  // namespace hallmark::base

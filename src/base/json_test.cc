#include "hallmark/base/json.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "hallmark/base/json_writer.h"
#include "testing/colliding_names.h"
#include "testing/result_matchers.h"

namespace hallmark::base {
namespace {

using hallmark::testing::colliding_names;
using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::IsOkWith;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

using namespace std::string_view_literals;

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

TEST(JsonTest, ReadsNumbersExactly) {
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

TEST(JsonTest, KeepsTheSignOfZero) {
  const auto value = parse_json("-0.0");
  ASSERT_THAT(value, IsOk());
  ASSERT_NE(value->get_if<double>(), nullptr);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(*value->get_if<double>()), std::uint64_t{1} << 63U);
}

TEST(JsonTest, RefusesNumbersThatNothingCanHold) {
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

TEST(JsonTest, RefusesWhatIsNotJson) {
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

TEST(JsonTest, RefusesDataAfterTheValue) {
  for (const std::string_view text : {"1 2"sv, "{}{}"sv, "[]]"sv, "{}}"sv, "{},"sv, "null\0"sv,
                                      "\"a\"b"sv, "01"sv, "[]//"sv, "[]#"sv, "truefalse"sv}) {
    EXPECT_THAT(parse_json(text), HasCode(Code::kJsonTrailingData)) << text;
  }
}

TEST(JsonTest, RefusesTextThatIsNotUtf8) {
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

std::string object_of(std::size_t members) {
  std::string text = "{";
  for (std::size_t i = 0; i < members; ++i) text += "\"m" + std::to_string(i) + "\":0,";
  return text;
}

TEST(JsonTest, RefusesDuplicateMembers) {
  for (const std::string_view text : {
           R"({"a":1,"a":1})",
           R"({"a":1,"b":2,"a":3})",
           R"({"a":1,"\u0061":2})",
           R"({"\u0061":1,"a":2})",
           R"({"":1,"":2})",
           R"([{"x":{"a":1,"a":2}}])",
           R"({"/":1,"\/":2})",
       }) {
    EXPECT_THAT(parse_json(text), HasCode(Code::kJsonDuplicateMember)) << text;
  }
  EXPECT_THAT(parse_json(R"({"a":1,"A":2})"), IsOk());
  EXPECT_THAT(parse_json("{\"\xc3\xa9\":1,\"e\xcc\x81\":2}"), IsOk());  // not normalised
}

// The way of looking for duplicates changes with the size of the object.
TEST(JsonTest, RefusesDuplicateMembersOfAnySize) {
  for (std::size_t members = 1; members < 40; ++members) {
    const std::string text = object_of(members);
    EXPECT_THAT(parse_json(text + "\"new\":0}"), IsOk()) << members;
    for (std::size_t i = 0; i < members; ++i) {
      EXPECT_THAT(parse_json(text + "\"m" + std::to_string(i) + "\":0}"),
                  HasCode(Code::kJsonDuplicateMember))
          << i << " of " << members;
    }
  }
}

// With a hash table this would take minutes.
TEST(JsonTest, ReadsMembersWhoseHashesCollide) {
  JsonObject object;
  for (std::string& name : colliding_names(20'000)) object.emplace_back(std::move(name), 0);
  EXPECT_THAT(parse_json(write_json(JsonValue(object))), IsOk());
  object.emplace_back(object[1].first, 0);
  object.emplace_back(object[0].first, 0);
  std::string text = write_json(JsonValue(object));
  const std::size_t place = text.rfind("\":0,\"");  // where the name of the first duplicate ends
  EXPECT_THAT(parse_json(text),
              FailsWith(Code::kJsonDuplicateMember,
                        ::testing::HasSubstr("(offset " + std::to_string(place) + "): duplicate")));
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

TEST(JsonTest, RefusesEveryTextThatIsCut) {
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

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(JsonTest, LimitsTheDepth) {
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

TEST(JsonTest, LimitsTheBytes) {
  EXPECT_THAT(parse_json("[1, 2]", {.max_bytes = 6}), IsOk());
  EXPECT_THAT(parse_json("[1, 2]", {.max_bytes = 5}),
              FailsWith(Code::kJsonTooLarge, "expected at most 5 bytes of JSON, found 6"));
  EXPECT_THAT(parse_json("", {.max_bytes = 0}), HasCode(Code::kJsonSyntax));
}

TEST(JsonTest, LimitsTheValues) {
  EXPECT_THAT(parse_json("[1,2,3]", {.max_values = 4}), IsOk());
  EXPECT_THAT(parse_json("[1,2,3]", {.max_values = 3}),
              FailsWith(Code::kJsonTooLarge, "line 1, column 7 (offset 6): more than 3 values"));
  EXPECT_THAT(parse_json("[[[]]]", {.max_values = 3}), IsOk());
  EXPECT_THAT(parse_json("[[[]]]", {.max_values = 2}), HasCode(Code::kJsonTooLarge));
  EXPECT_THAT(parse_json(R"({"a":1,"b":{"c":2}})", {.max_values = 4}), IsOk());
  EXPECT_THAT(parse_json(R"({"a":1,"b":{"c":2}})", {.max_values = 3}),
              HasCode(Code::kJsonTooLarge));
}

// Collects what a streamed array hands over.
class Collector {
 public:
  explicit Collector(std::vector<std::string_view> path) {
    streamed_.push_back({std::move(path), [this](std::size_t index, const JsonValue& element) {
                           EXPECT_EQ(index, elements_.size());
                           elements_.push_back(element);
                           return Result<void>();
                         }});
  }

  Result<JsonValue> parse(std::string_view text, const JsonLimits& limits = {}) {
    elements_.clear();
    return parse_json(text, limits, streamed_);
  }

  [[nodiscard]] const std::vector<JsonValue>& elements() const { return elements_; }

 private:
  std::vector<JsonStreamedArray> streamed_;
  std::vector<JsonValue> elements_;
};

TEST(JsonStreamedArrayTest, HandsElementsOverInOrderAndKeepsNone) {
  Collector collector({"a", "b"});
  const auto document =
      collector.parse(R"({"x":[1],"a":{"b":[1,"two",[3],{"four":4},[]],"c":[5]},"b":[6]})");
  EXPECT_THAT(collector.elements(),
              ElementsAre(JsonValue(1), JsonValue("two"), JsonValue(JsonArray{3}),
                          JsonValue(JsonObject{{"four", 4}}), JsonValue(JsonArray{})));
  EXPECT_THAT(
      document,
      IsOkWith(JsonValue(JsonObject{{"x", JsonArray{1}},
                                    {"a", JsonObject{{"b", JsonArray{}}, {"c", JsonArray{5}}}},
                                    {"b", JsonArray{6}}})));
}

TEST(JsonStreamedArrayTest, StreamsTheDocumentItself) {
  Collector collector({});
  EXPECT_THAT(collector.parse("[1,[2],3]"), IsOkWith(JsonValue(JsonArray{})));
  EXPECT_THAT(collector.elements(),
              ElementsAre(JsonValue(1), JsonValue(JsonArray{2}), JsonValue(3)));
  EXPECT_THAT(collector.parse("[]"), IsOk());
  EXPECT_THAT(collector.elements(), IsEmpty());
}

TEST(JsonStreamedArrayTest, KeepsWhatStandsElsewhereOrIsNoArray) {
  Collector collector({"a", "b"});
  for (const std::string_view text : {
           R"({"b":[1]})",
           R"({"a":[1]})",
           R"({"a":{"a":{"b":[1]}}})",
           R"({"a":{"b":{"c":[1]}}})",
           R"({"a":[{"b":[1]}]})",
           R"([{"a":{"b":[1]}}])",
           R"({"b":{"a":[1]}})",
           R"({"a":{"b":1}})",
           R"({"a":{"b":{}}})",
           R"({"a":{"b":"text","c":[1]}})",
       }) {
    const auto streamed = collector.parse(text);
    EXPECT_THAT(streamed, IsOk());
    EXPECT_EQ(streamed.value(), parse_json(text).value()) << text;
    EXPECT_THAT(collector.elements(), IsEmpty()) << text;
  }
}

TEST(JsonStreamedArrayTest, TakesSeveralArrays) {
  std::vector<std::string> heard;
  const auto hear = [&](std::string_view name) {
    return [&heard, name](std::size_t index, const JsonValue&) {
      heard.push_back(std::string(name) + std::to_string(index));
      return Result<void>();
    };
  };
  const JsonStreamedArray streamed[] = {{{"a"}, hear("a")}, {{"b", "c"}, hear("c")}};
  ASSERT_THAT(parse_json(R"({"b":{"c":[0,0]},"a":[0]})", {}, streamed), IsOk());
  EXPECT_THAT(heard, ElementsAre("c0", "c1", "a0"));
}

TEST(JsonStreamedArrayTest, ElementsDoNotCountAgainstTheValuesKept) {
  Collector collector({"a"});
  std::string text = R"({"a":[)";
  for (int i = 0; i < 1'000; ++i) text += R"({"n":[1,2]},)";
  text += R"(0],"b":[1,2]})";
  // The object, both arrays, and four of one element or the two after it.
  EXPECT_THAT(collector.parse(text, {.max_values = 6}), IsOk());
  EXPECT_EQ(collector.elements().size(), 1'001U);
  EXPECT_THAT(collector.parse(text, {.max_values = 5}), HasCode(Code::kJsonTooLarge));
  EXPECT_THAT(collector.elements(), IsEmpty());
}

TEST(JsonStreamedArrayTest, PassesTheConsumersFailureOnUnchanged) {
  std::size_t calls = 0;
  const JsonStreamedArray streamed[] = {{{"a"}, [&](std::size_t index, const JsonValue&) {
                                           ++calls;
                                           if (index < 2) return Result<void>();
                                           return Result<void>(
                                               fail(Code::kDigestMalformed, "third"));
                                         }}};
  EXPECT_THAT(parse_json(R"({"a":[1,2,3,4],"b":)", {}, streamed),
              FailsWith(Code::kDigestMalformed, "third"));
  EXPECT_EQ(calls, 3U);
}

TEST(JsonStreamedArrayTest, RefusesWhatTheReaderRefuses) {
  Collector collector({"a"});
  EXPECT_THAT(collector.parse(R"({"a":[1],"a":[2]})"), HasCode(Code::kJsonDuplicateMember));
  EXPECT_THAT(collector.parse(R"({"a":[{"b":1,"b":2}]})"), HasCode(Code::kJsonDuplicateMember));
  EXPECT_THAT(collector.parse(R"({"a":[1,]})"), HasCode(Code::kJsonSyntax));
  EXPECT_THAT(collector.elements(), ElementsAre(JsonValue(1)));
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

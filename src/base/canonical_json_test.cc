#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "hallmark/base/json_writer.h"
#include "testing/json_generator.h"
#include "testing/result_matchers.h"

namespace hallmark::base {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::IsOkWith;
using hallmark::testing::json_value;

constexpr std::uint64_t kLargestExact = (std::uint64_t{1} << 53U) - 1;

std::string canonical(std::string_view text) {
  const auto value = parse_json(text);
  EXPECT_THAT(value, IsOk()) << text;
  return write_canonical_json(*value).value_or("(refused)");
}

// RFC 8785 appendix B.
TEST(CanonicalJsonTest, WritesTheNumbersOfRfc8785) {
  struct Case {
    std::uint64_t bits;
    std::string_view text;
  };
  const Case cases[] = {
      {0x0000000000000000, "0"},
      {0x8000000000000000, "0"},
      {0x0000000000000001, "5e-324"},
      {0x8000000000000001, "-5e-324"},
      {0x7fefffffffffffff, "1.7976931348623157e+308"},
      {0xffefffffffffffff, "-1.7976931348623157e+308"},
      {0x4340000000000000, "9007199254740992"},
      {0xc340000000000000, "-9007199254740992"},
      {0x4430000000000000, "295147905179352830000"},
      {0x44b52d02c7e14af5, "9.999999999999997e+22"},
      {0x44b52d02c7e14af6, "1e+23"},
      {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
      {0x444b1ae4d6e2ef4e, "999999999999999700000"},
      {0x444b1ae4d6e2ef4f, "999999999999999900000"},
      {0x444b1ae4d6e2ef50, "1e+21"},
      {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
      {0x3eb0c6f7a0b5ed8d, "0.000001"},
      {0x41b3de4355555553, "333333333.3333332"},
      {0x41b3de4355555554, "333333333.33333325"},
      {0x41b3de4355555555, "333333333.3333333"},
      {0x41b3de4355555556, "333333333.3333334"},
      {0x41b3de4355555557, "333333333.33333343"},
      {0xbecbf647612f3696, "-0.0000033333333333333333"},
      {0x43143ff3c1cb0959, "1424953923781206.2"},
  };
  for (const auto& [bits, text] : cases) {
    std::string out;
    append_json_number(out, std::bit_cast<double>(bits));
    EXPECT_EQ(out, text);
    EXPECT_THAT(write_canonical_json(std::bit_cast<double>(bits)), IsOkWith(std::string(text)));
  }
}

TEST(CanonicalJsonDeathTest, HasNoNumberThatIsNotFinite) {
  std::string out;
  EXPECT_DEATH(append_json_number(out, std::numeric_limits<double>::infinity()), "invariant");
  EXPECT_DEATH(append_json_number(out, std::numeric_limits<double>::quiet_NaN()), "invariant");
}

// RFC 8785 sections 3.2.2 and 3.2.3.
TEST(CanonicalJsonTest, WritesTheSampleOfRfc8785) {
  EXPECT_EQ(canonical(R"({
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  })"),
            "{\"literals\":[null,true,false],"
            "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

TEST(CanonicalJsonTest, SortsByUtf16CodeUnits) {
  EXPECT_EQ(canonical(R"({
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\ud83d\ude00": "Emoji: Grinning Face",
    "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis"
  })"),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
            "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
            "\"\U0001f600\":\"Emoji: Grinning Face\","
            "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST(CanonicalJsonTest, SortsPrefixesFirstAndEveryLevel) {
  EXPECT_EQ(canonical(R"({"ab":1,"a":2,"":3,"b":{"z":1,"y":2},"B":[{"d":1,"c":2}]})"),
            R"({"":3,"B":[{"c":2,"d":1}],"a":2,"ab":1,"b":{"y":2,"z":1}})");
}

TEST(CanonicalJsonTest, KeepsTheOrderOfArrays) { EXPECT_EQ(canonical("[3, 1, 2]"), "[3,1,2]"); }

TEST(CanonicalJsonTest, WritesWholeDoublesLikeIntegers) {
  EXPECT_EQ(canonical("[1, 1.0, 10e-1, -0.0, -0, 1e2]"), "[1,1,1,0,0,100]");
}

TEST(CanonicalJsonTest, RefusesIntegersThatADoubleLoses) {
  const auto largest = static_cast<std::int64_t>(kLargestExact);
  EXPECT_THAT(write_canonical_json(largest), IsOkWith(std::string("9007199254740991")));
  EXPECT_THAT(write_canonical_json(-largest), IsOkWith(std::string("-9007199254740991")));
  EXPECT_THAT(write_canonical_json(largest + 1),
              FailsWith(Code::kJsonNumberRange,
                        "canonical JSON has no integer beyond 2^53 - 1, found 9007199254740992"));
  EXPECT_THAT(write_canonical_json(-largest - 1), HasCode(Code::kJsonNumberRange));
  EXPECT_THAT(write_canonical_json(std::numeric_limits<std::int64_t>::min()),
              HasCode(Code::kJsonNumberRange));
  EXPECT_THAT(write_canonical_json(std::numeric_limits<std::uint64_t>::max()),
              HasCode(Code::kJsonNumberRange));
  EXPECT_THAT(write_canonical_json(JsonObject{{"a", JsonArray{largest + 1}}}),
              HasCode(Code::kJsonNumberRange));
}

// The same value with every number a double and every object sorted in the order of bytes.
JsonValue normal(const JsonValue& value) {
  if (const auto* number = value.get_if<std::int64_t>()) return static_cast<double>(*number);
  if (const auto* number = value.get_if<std::uint64_t>()) return static_cast<double>(*number);
  if (const auto* array = value.get_if<JsonArray>()) {
    JsonArray elements;
    for (const JsonValue& element : *array) elements.push_back(normal(element));
    return elements;
  }
  if (const auto* object = value.get_if<JsonObject>()) {
    JsonObject members;
    for (const auto& [name, member] : *object) members.emplace_back(name, normal(member));
    std::sort(members.begin(), members.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    return members;
  }
  return value;
}

RC_GTEST_PROP(CanonicalJsonProperty, IsReadAsTheSameValueAndWrittenTheSame, ()) {
  const JsonValue value = *json_value();
  const auto text = write_canonical_json(value);
  if (!text) {
    RC_ASSERT(text.error().code == Code::kJsonNumberRange);
    return;
  }
  const auto parsed = parse_json(*text);
  if (!parsed) {  // a double from 2^64 to 10^21
    RC_ASSERT(parsed.error().code == Code::kJsonNumberRange);
    return;
  }
  RC_ASSERT(normal(*parsed) == normal(value));
  const auto again = write_canonical_json(*parsed);
  RC_ASSERT((again ? *again == *text : again.error().code == Code::kJsonNumberRange));
}

std::u16string utf16(std::string_view text) {
  std::u16string units;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t c = length == 1 ? lead : lead & (0xffU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
      c = c << 6U | (static_cast<unsigned char>(text[i + k]) & 0x3fU);
    }
    if (c >= 0x10000) {
      units.push_back(static_cast<char16_t>(0xd7c0 + (c >> 10U)));
      c = 0xdc00 + (c & 0x3ffU);
    }
    units.push_back(static_cast<char16_t>(c));
    i += length;
  }
  return units;
}

RC_GTEST_PROP(CanonicalJsonProperty, SortsLikeTheReference, ()) {
  const std::string a = *hallmark::testing::json_text();
  const std::string b = *hallmark::testing::json_text();
  RC_PRE(a != b);
  const bool a_first = utf16(a) < utf16(b);
  const JsonObject sorted = a_first ? JsonObject{{a, 0}, {b, 0}} : JsonObject{{b, 0}, {a, 0}};
  const JsonObject given{{b, 0}, {a, 0}};
  RC_ASSERT(write_canonical_json(given).value() == write_json(sorted));
}

}  // namespace
}  // namespace hallmark::base

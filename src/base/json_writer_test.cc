#include "hallmark/base/json_writer.h"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "testing/json_generator.h"
#include "testing/result_matchers.h"

namespace hallmark::base {
namespace {

using hallmark::testing::IsOkWith;
using hallmark::testing::json_value;

TEST(AppendJsonStringTest, EscapesOnlyWhatItMust) {
  struct Case {
    std::string_view text;
    std::string_view literal;
  };
  const Case cases[] = {
      {"", R"("")"},
      {"a/b", R"("a/b")"},
      {"\"\\", R"("\"\\")"},
      {"\b\f\n\r\t", R"("\b\f\n\r\t")"},
      {std::string_view("\0\x01\x0b\x1f\x7f", 5), "\"\\u0000\\u0001\\u000b\\u001f\x7f\""},
      {"\u00e9\u20ac\u2028\U0001f600", "\"\u00e9\u20ac\u2028\U0001f600\""},
      {"a\"b\"c", R"("a\"b\"c")"},
      {"<script>&'", R"("<script>&'")"},
  };
  for (const auto& [text, literal] : cases) {
    std::string out = "x";
    append_json_string(out, text);
    EXPECT_EQ(out, "x" + std::string(literal));
  }
}

TEST(JsonWriterTest, PutsCommasWhereTheyBelong) {
  JsonWriter writer;
  writer.begin_object();
  writer.key("empty");
  writer.begin_array();
  writer.end_array();
  writer.key("list");
  writer.begin_array();
  writer.integer(0);
  writer.integer(std::numeric_limits<std::uint64_t>::max());
  writer.begin_object();
  writer.end_object();
  writer.begin_object();
  writer.key("k\"");
  writer.string("v\n");
  writer.end_object();
  writer.boolean(true);
  writer.end_array();
  writer.key("raw");
  writer.raw("[1, 2]");
  writer.key("no");
  writer.boolean(false);
  writer.end_object();
  constexpr std::string_view kExpected =
      R"({"empty":[],"list":[0,18446744073709551615,{},{"k\"":"v\n"},true],)"
      R"("raw":[1, 2],"no":false})";
  EXPECT_EQ(writer.text(), kExpected);
  EXPECT_EQ(std::move(writer).take(), kExpected);
}

TEST(JsonWriterTest, WritesBytesAsBase64) {
  JsonWriter json;
  json.reserve(100);
  json.begin_array();
  for (const std::string_view bytes : {"", "f", "fo", "foo", "foob"}) json.base64(bytes_of(bytes));
  json.end_array();
  EXPECT_EQ(json.text(), R"(["","Zg==","Zm8=","Zm9v","Zm9vYg=="])");  // RFC 4648 section 10
}

TEST(JsonWriterTest, WritesAScalarAlone) {
  JsonWriter writer;
  writer.string("alone");
  EXPECT_EQ(writer.text(), "\"alone\"");
}

JsonValue sample() {
  return JsonObject{{"b", JsonArray{1, -2, 1.5, ~std::uint64_t{0}}},
                    {"a", JsonObject{{"n", nullptr}, {"t", true}, {"f", false}}},
                    {"empty array", JsonArray{}},
                    {"empty object", JsonObject{}},
                    {"text", "a\nb"}};
}

TEST(WriteJsonTest, KeepsTheOrderOfMembers) {
  EXPECT_EQ(write_json(sample()),
            R"({"b":[1,-2,1.5,18446744073709551615],"a":{"n":null,"t":true,"f":false},)"
            R"("empty array":[],"empty object":{},"text":"a\nb"})");
}

TEST(WriteJsonTest, KeepsDoublesApartFromIntegers) {
  struct Case {
    double value;
    std::string_view text;
  };
  const Case cases[] = {
      {0.0, "0.0"},    {-0.0, "0.0"},  {1.0, "1.0"},
      {-3.0, "-3.0"},  {0.5, "0.5"},   {1e20, "100000000000000000000.0"},
      {1e21, "1e+21"}, {1e-7, "1e-7"}, {123456.0, "123456.0"},
  };
  for (const auto& [value, text] : cases) {
    EXPECT_EQ(write_json(value), text);
    EXPECT_THAT(parse_json(text), IsOkWith(JsonValue(value)));
  }
  EXPECT_EQ(write_json(JsonArray{1.5, 2.0, 3}), "[1.5,2.0,3]");
}

TEST(WriteJsonTest, IndentsForPeople) {
  EXPECT_EQ(write_json_indented(sample()),
            R"({
  "b": [
    1,
    -2,
    1.5,
    18446744073709551615
  ],
  "a": {
    "n": null,
    "t": true,
    "f": false
  },
  "empty array": [],
  "empty object": {},
  "text": "a\nb"
}
)");
  EXPECT_EQ(write_json_indented(JsonArray{}), "[]\n");
  EXPECT_EQ(write_json_indented("x"), "\"x\"\n");
}

TEST(WriteJsonTest, EscapesForPeopleWhatCouldDeceive) {
  struct Case {
    std::string_view text;
    std::string_view literal;
  };
  const Case cases[] = {
      {"\x7f", "\"\\u007f\""},
      {"\xc2\x80\xc2\x9b\xc2\x9f", "\"\\u0080\\u009b\\u009f\""},
      // NOLINTBEGIN(misc-misleading-bidirectional): what misleads is the point.
      {"a\xe2\x80\xae"
       "b\xe2\x81\xa6",
       "\"a\\u202eb\\u2066\""},
      // NOLINTEND(misc-misleading-bidirectional)
      {"\xf3\xa0\x81\x81", "\"\\udb40\\udc41\""},
      {"\xc3\xa9\xe6\xa8\xa1\xf0\x9f\x98\x80~", "\"\xc3\xa9\xe6\xa8\xa1\xf0\x9f\x98\x80~\""},
      {"\xff", "\"\xff\""},
  };
  for (const auto& [text, literal] : cases) {
    const JsonValue value{std::string(text)};
    EXPECT_EQ(write_json_indented(value), std::string(literal) + "\n");
    EXPECT_EQ(write_json_indented(JsonObject{{std::string(text), 1}}),
              "{\n  " + std::string(literal) + ": 1\n}\n");
    // Signed bytes keep the one spelling of RFC 8785.
    EXPECT_EQ(write_canonical_json(value).value(), "\"" + std::string(text) + "\"");
    EXPECT_EQ(write_json(value), "\"" + std::string(text) + "\"");
  }
}

RC_GTEST_PROP(WriteJsonProperty, IsReadAsTheSameValue, ()) {
  const JsonValue value = *json_value();
  RC_ASSERT((parse_json(write_json(value)).value() == value));
  RC_ASSERT((parse_json(write_json_indented(value)).value() == value));
}

RC_GTEST_PROP(WriteJsonProperty, DoublesComeBackBitForBit, ()) {
  const double value = *hallmark::testing::finite_double();
  const auto parsed = parse_json(write_json(value));
  RC_ASSERT(parsed.has_value());
  RC_ASSERT(parsed->get_if<double>() != nullptr);
  RC_ASSERT(*parsed->get_if<double>() == value);
}

}  // namespace
}  // namespace hallmark::base

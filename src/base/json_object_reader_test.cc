#include <cstdint>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/base/json.h"
#include "testing/result_matchers.h"

namespace hallmark::base {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::IsOkWith;
using ::testing::IsNull;
using ::testing::NotNull;
using ::testing::Pointee;

TEST(JsonPathTest, IsAJsonPointer) {
  const JsonPath root;
  const JsonPath predicate(root, "predicate");
  const JsonPath resources(predicate, "resources");
  const JsonPath third(resources, std::size_t{3});
  EXPECT_EQ(root.to_string(), "");
  EXPECT_EQ(predicate.to_string(), "/predicate");
  EXPECT_EQ(JsonPath(third, "name").to_string(), "/predicate/resources/3/name");
  EXPECT_EQ(JsonPath(root, "").to_string(), "/");
}

// RFC 6901 section 5.
TEST(JsonPathTest, EscapesTildeAndSlash) {
  const JsonPath root;
  EXPECT_EQ(JsonPath(root, "a/b").to_string(), "/a~1b");
  EXPECT_EQ(JsonPath(root, "m~n").to_string(), "/m~0n");
  EXPECT_EQ(JsonPath(root, "~1").to_string(), "/~01");
  EXPECT_EQ(JsonPath(root, " ").to_string(), "/ ");
}

class JsonObjectReaderTest : public ::testing::Test {
 protected:
  JsonObjectReader reader() { return JsonObjectReader::create(value_, path_).value(); }

  const JsonValue value_ = JsonObject{{"text", "t"},
                                      {"number", 1},
                                      {"large", ~std::uint64_t{0}},
                                      {"half", 0.5},
                                      {"yes", true},
                                      {"nothing", nullptr},
                                      {"list", JsonArray{1}},
                                      {"object", JsonObject{{"a", 1}}}};
  const JsonPath root_;
  const JsonPath path_{root_, "predicate"};
};

TEST_F(JsonObjectReaderTest, ReadsMembersOfEveryType) {
  JsonObjectReader members = reader();
  EXPECT_THAT(members.require<std::string>("text"), IsOkWith(Pointee(std::string("t"))));
  EXPECT_THAT(members.require<std::int64_t>("number"), IsOkWith(Pointee(1)));
  EXPECT_THAT(members.require<std::uint64_t>("large"), IsOkWith(Pointee(~std::uint64_t{0})));
  EXPECT_THAT(members.require<double>("half"), IsOkWith(Pointee(0.5)));
  EXPECT_THAT(members.require<bool>("yes"), IsOkWith(Pointee(true)));
  EXPECT_THAT(members.require<std::nullptr_t>("nothing"), IsOk());
  EXPECT_THAT(members.require<JsonArray>("list"), IsOkWith(Pointee(JsonArray{1})));
  EXPECT_THAT(members.require<JsonObject>("object"), IsOkWith(Pointee(JsonObject{{"a", 1}})));
  EXPECT_THAT(members.finish(), IsOk());
  EXPECT_EQ(members.path().to_string(), "/predicate");
}

TEST_F(JsonObjectReaderTest, ReadsOptionalMembers) {
  JsonObjectReader members = reader();
  EXPECT_THAT(members.optional<std::string>("text"), IsOkWith(Pointee(std::string("t"))));
  EXPECT_THAT(members.optional<std::string>("absent"), IsOkWith(IsNull()));
  EXPECT_THAT(members.optional_value("number"), NotNull());
  EXPECT_THAT(members.optional_value("absent"), IsNull());
}

TEST_F(JsonObjectReaderTest, NamesMissingMembers) {
  JsonObjectReader members = reader();
  EXPECT_THAT(members.require<std::string>("absent"),
              FailsWith(Code::kMemberMissing, "/predicate: missing member 'absent'"));
  EXPECT_THAT(members.require_value("absent"),
              FailsWith(Code::kMemberMissing, "/predicate: missing member 'absent'"));
}

TEST_F(JsonObjectReaderTest, NamesWrongTypes) {
  JsonObjectReader members = reader();
  EXPECT_THAT(members.require<std::string>("number"),
              FailsWith(Code::kMemberType, "/predicate/number: expected string, found number"));
  EXPECT_THAT(members.require<JsonObject>("list"),
              FailsWith(Code::kMemberType, "/predicate/list: expected object, found array"));
  EXPECT_THAT(members.optional<JsonArray>("object"),
              FailsWith(Code::kMemberType, "/predicate/object: expected array, found object"));
  EXPECT_THAT(members.require<bool>("text"),
              FailsWith(Code::kMemberType, "/predicate/text: expected boolean, found string"));
  EXPECT_THAT(members.require<std::int64_t>("half"),
              FailsWith(Code::kMemberType, "/predicate/half: expected integer, found number"));
  EXPECT_THAT(members.require<std::int64_t>("large"), HasCode(Code::kMemberType));
  EXPECT_THAT(members.require<double>("yes"),
              FailsWith(Code::kMemberType, "/predicate/yes: expected number, found boolean"));
}

TEST_F(JsonObjectReaderTest, TakesNullForAValueNotForAbsence) {
  JsonObjectReader members = reader();
  EXPECT_THAT(members.optional<std::string>("nothing"),
              FailsWith(Code::kMemberType, "/predicate/nothing: expected string, found null"));
}

TEST_F(JsonObjectReaderTest, RefusesMembersThatNobodyAskedFor) {
  JsonObjectReader members = reader();
  EXPECT_THAT(members.finish(),
              FailsWith(Code::kMemberUnknown, "/predicate: unknown member 'text'"));
  EXPECT_THAT(members.require_value("text"), IsOk());
  EXPECT_THAT(members.finish(),
              FailsWith(Code::kMemberUnknown, "/predicate: unknown member 'number'"));
}

TEST(JsonObjectReaderMessageTest, LeavesThePlaceOutForTheDocument) {
  const JsonPath root;
  const JsonValue object = JsonObject{{"a\nb", 1}};
  JsonObjectReader members = JsonObjectReader::create(object, root).value();
  EXPECT_THAT(members.require_value("x"), FailsWith(Code::kMemberMissing, "missing member 'x'"));
  EXPECT_THAT(members.finish(), FailsWith(Code::kMemberUnknown, "unknown member 'a\\nb'"));
  EXPECT_THAT(JsonObjectReader::create(JsonValue(1), root),
              FailsWith(Code::kMemberType, "expected object, found number"));
}

TEST(JsonObjectReaderMessageTest, EscapesPointers) {
  const JsonPath root;
  const JsonPath odd(root, "a/\x1b~");
  EXPECT_THAT(JsonObjectReader::create(JsonArray{}, odd),
              FailsWith(Code::kMemberType, "/a~1\\x1b~0: expected object, found array"));
}

TEST(JsonObjectReaderMessageTest, AcceptsTheEmptyObject) {
  const JsonPath root;
  const JsonValue empty = JsonObject{};
  const auto members = JsonObjectReader::create(empty, root);
  ASSERT_THAT(members, IsOk());
  EXPECT_THAT(members->finish(), IsOk());
}

}  // namespace
}  // namespace hallmark::base

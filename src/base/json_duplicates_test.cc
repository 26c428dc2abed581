#include <cstddef>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "hallmark/base/json.h"
#include "hallmark/base/json_writer.h"
#include "testing/colliding_names.h"
#include "testing/result_matchers.h"

namespace hallmark::base {
namespace {

using hallmark::testing::colliding_names;
using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;

std::string object_of(std::size_t members) {
  std::string text = "{";
  for (std::size_t i = 0; i < members; ++i) text += "\"m" + std::to_string(i) + "\":0,";
  return text;
}

TEST(JsonDuplicatesTest, RefusesDuplicateMembers) {
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
TEST(JsonDuplicatesTest, RefusesDuplicateMembersOfAnySize) {
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
TEST(JsonDuplicatesTest, ReadsMembersWhoseHashesCollide) {
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

}  // namespace
}  // namespace hallmark::base

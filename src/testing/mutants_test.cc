#include "testing/mutants.h"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/base/json_writer.h"
#include "testing/mutation_record.h"
#include "testing/survivor_rules.h"

namespace hallmark::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

base::JsonValue json(std::string_view text) { return base::parse_json(text).value(); }

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (const JsonMutant& mutant : mutants_of(json(text))) {
    lines.push_back(mutant.place + " " + mutant.how + " " + base::write_json(mutant.document));
  }
  return lines;
}

TEST(JsonMutantsTest, ChangesEveryMemberAndValue) {
  const auto lines = lines_of(R"({"a":{"b":"sha256"},"c":[1,2]})");
  for (const std::string line : {
           R"( members-reversed {"c":[1,2],"a":{"b":"sha256"}})",
           R"(/a/b removed {"a":{},"c":[1,2]})",
           R"(/a/b renamed {"a":{"bx":"sha256"},"c":[1,2]})",
           R"(/a/b duplicated {"a":{"b":"sha256","b":"sha256"},"c":[1,2]})",
           R"(/a/b blake3 {"a":{"b":"blake3"},"c":[1,2]})",
           R"(/a unknown-member {"a":{"b":"sha256","mutant":1},"c":[1,2]})",
           R"(/c first-removed {"a":{"b":"sha256"},"c":[2]})",
           R"(/c/1 larger {"a":{"b":"sha256"},"c":[1,3]})",
       }) {
    EXPECT_THAT(lines, Contains(line));
  }
}

TEST(JsonMutantsTest, AreAllOthersThanTheDocument) {
  const std::string text = R"({"a":"x","b":[0,null],"c":8.0,"d":true})";
  for (const JsonMutant& mutant : mutants_of(json(text))) {
    EXPECT_NE(base::write_json(mutant.document), text) << mutant.place << " " << mutant.how;
  }
}

TEST(FirstDifferenceTest, IsWhereValuesDiffer) {
  const auto difference = [](std::string_view a, std::string_view b) {
    return first_difference(json(a), json(b)).value_or("nothing");
  };
  EXPECT_EQ(difference(R"({"a":1,"b":[2]})", R"({ "b" : [ 2 ], "a" : 1 })"), "nothing");
  EXPECT_EQ(difference(R"({"a":1,"b":[2]})", R"({"a":1,"b":[3]})"), "/b/0");
  EXPECT_EQ(difference(R"({"a":{"b":1}})", R"({"a":{"c":1}})"), "/a");
}

TEST(ByteMutantsTest, TakeTheChangesInTurn) {
  const std::vector<std::size_t> positions = {0, 1, 2, 3, 4};
  std::vector<std::string> found;
  for (const ByteMutant& mutant : mutants_of("abcdef", positions)) found.push_back(mutant.bytes);
  EXPECT_THAT(found, ElementsAre("`bcdef", "acdef", "abccdef", "abc def", "abcd"));
}

TEST(PositionsTest, LeaveOutMostOfALongString) {
  EXPECT_THAT(spread_positions(10, 4), ElementsAre(0, 3, 6, 9));
  EXPECT_EQ(positions_in_json(R"({"a": "b"})").size(), 10U);
  const std::string text = "[\"" + std::string(1000, 'x') + "\"]";
  const auto positions = positions_in_json(text);
  EXPECT_LT(positions.size(), 20U);
  EXPECT_THAT(positions, Contains(text.size() - 1));
}

TEST(MutationRecordTest, TellsNeighboursWithOneOutcomeAsARange) {
  MutationRecord record;
  record.add("bundle", "", "null", "bad");
  record.add("bundle", "", "text", "bad");
  record.add_at("text", "flip", 1, "bad");
  record.add_at("text", "flip", 5, "bad");
  record.add_at("text", "flip", 9, "verified");
  record.add_at("text", "flip", 13, "bad");
  EXPECT_EQ(record.to_text(),
            "bundle (document) bad: null text\n"
            "text flip bad: 1-5 13\n"
            "text flip verified: 9\n");
  EXPECT_THAT(record.survivors(), ElementsAre("text flip 9"));
  EXPECT_EQ(record.counts().at("text"), 4U);
}

TEST(SurvivorRulesTest, FindsSurvivorsAndPatternsThatAreLeftOver) {
  const auto rules =
      parse_survivor_rules("one: why it\nmay be\n    * a /x/* *\n    b\n\ntwo: why\n    c\n");
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules[0].explanation, "why it may be");
  EXPECT_THAT(compare_with_rules({"form a /x/0 null", "b", "c"}, rules), IsEmpty());
  EXPECT_THAT(compare_with_rules({"form a /x/0/y null", "b"}, rules),
              ElementsAre("no rule explains: form a /x/0/y null", "one has no survivor: * a /x/* *",
                          "two has no survivor: c"));
}

}  // namespace
}  // namespace hallmark::testing

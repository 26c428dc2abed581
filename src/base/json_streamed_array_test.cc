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

using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::IsOkWith;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

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

}  // namespace
}  // namespace hallmark::base

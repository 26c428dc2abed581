#include "hallmark/manifest/shard.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "hallmark/hash/hasher.h"
#include "testing/result_matchers.h"

namespace hallmark::manifest {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using ::testing::HasSubstr;

Resource shard(std::string name, std::uint64_t start, std::uint64_t end) {
  return {std::move(name), hash::hash_bytes(hash::Algorithm::kSha256, {}), {start, end}};
}

std::vector<std::string> names_of(const std::vector<Resource>& resources) {
  std::vector<std::string> names;
  names.reserve(resources.size());
  for (const Resource& resource : resources) names.push_back(name_in_statement(resource));
  return names;
}

TEST(ShardNameTest, ReadsTheLastTwoNumbers) {
  struct Case {
    std::string_view name;
    std::string_view file;
    ByteRange range;
  };
  for (const Case& c : {Case{"a:0:8", "a", {0, 8}}, Case{"a/b.bin:8:13", "a/b.bin", {8, 13}},
                        Case{"colon:0:5:0:5", "colon:0:5", {0, 5}}, Case{"a::1:2", "a:", {1, 2}},
                        Case{":1:2", "", {1, 2}}, Case{"C:\\a:0:1", "C:\\a", {0, 1}},
                        Case{"a:0:9223372036854775807", "a", {0, 9223372036854775807U}}}) {
    const auto parsed = parse_shard_name(c.name);
    ASSERT_THAT(parsed, IsOk()) << c.name;
    EXPECT_EQ(parsed->file, c.file);
    EXPECT_EQ(parsed->range, c.range);
  }
}

TEST(ShardNameTest, RefusesWhateverDoesNotEndInTwoNumbers) {
  for (const std::string_view name : {"",
                                      "a",
                                      ":",
                                      "::",
                                      "a:8",
                                      "a:0:",
                                      "a::8",
                                      "a:0:8:",
                                      "a:-1:8",
                                      "a:+0:8",
                                      "a:00:8",
                                      "a:0:08",
                                      "a:0x0:8",
                                      "a: 0:8",
                                      "a:0:8 ",
                                      "a:0:8\n",
                                      "a:0.0:8",
                                      "a:1e1:20",
                                      "a:x:8",
                                      "8:8",
                                      "a:0:9223372036854775808",
                                      "a:0:18446744073709551616",
                                      "a:0:99999999999999999999999"}) {
    EXPECT_THAT(parse_shard_name(name), HasCode(Code::kShardNameInvalid)) << name;
  }
}

TEST(ShardNameTest, RefusesRangesWithoutBytes) {
  for (const std::string_view name : {"a:0:0", "a:8:8", "a:8:0", "a:9:8"}) {
    EXPECT_THAT(parse_shard_name(name), HasCode(Code::kShardNameInvalid)) << name;
  }
}

RC_GTEST_PROP(ShardNameTest, ReadsWhatItWrites, (const std::string& file)) {
  const auto start = *rc::gen::inRange<std::uint64_t>(0, 1'000'000);
  const auto length = *rc::gen::inRange<std::uint64_t>(1, 1'000'000);
  const std::string name = name_in_statement(shard(file, start, start + length));
  const auto parsed = parse_shard_name(name);
  RC_ASSERT(parsed.has_value());
  RC_ASSERT(parsed->file == file);
  RC_ASSERT((parsed->range == ByteRange{start, start + length}));
}

TEST(ShardOrderTest, IsThatOfTheWholeNameInTheStatement) {
  std::vector<Resource> resources = {shard("a", 200, 300), shard("a", 1000, 1100),
                                     shard("a:0", 0, 5),   shard("a-b", 0, 1),
                                     shard("a", 0, 200),   shard("b", 0, 1)};
  std::sort(resources.begin(), resources.end(), statement_order);
  EXPECT_EQ(names_of(resources), (std::vector<std::string>{"a-b:0:1", "a:0:0:5", "a:0:200",
                                                           "a:1000:1100", "a:200:300", "b:0:1"}));
}

TEST(ShardOrderTest, OfTheReferenceIsByComponentsAndNumbers) {
  std::vector<Resource> resources = {shard("a-b", 0, 1), shard("a/b", 1000, 1100),
                                     shard("a/b", 200, 1000), shard("a/b", 0, 200)};
  std::sort(resources.begin(), resources.end(), reference_order);
  EXPECT_EQ(names_of(resources),
            (std::vector<std::string>{"a/b:0:200", "a/b:200:1000", "a/b:1000:1100", "a-b:0:1"}));
}

RC_GTEST_PROP(ShardOrderTest, ComparesAsTheWholeNamesWould, ()) {
  const auto name = rc::gen::container<std::string>(rc::gen::elementOf(std::string(":-01/;\xc3")));
  const auto offset = rc::gen::inRange<std::uint64_t>(0, 20);
  const std::uint64_t first = *offset;
  const std::uint64_t second = *offset;
  const Resource a = shard(*name, first, first + 1 + *offset);
  const Resource b = shard(*name, second, second + 1 + *offset);
  RC_ASSERT(statement_order(a, b) == (name_in_statement(a) < name_in_statement(b)));
}

TEST(ShardLayoutTest, AcceptsFilesThatAreTiled) {
  EXPECT_THAT(
      check_shard_layout(
          std::vector{shard("a", 8, 13), shard("b", 0, 8), shard("a", 0, 8), shard("c", 0, 3)}, 8),
      IsOk());
}

TEST(ShardLayoutTest, RefusesWhatDoesNotTile) {
  const auto refuses = [](const std::vector<Resource>& resources, std::string_view why) {
    EXPECT_THAT(check_shard_layout(resources, 8),
                FailsWith(Code::kShardLayoutInvalid, HasSubstr(std::string(why))));
  };
  refuses({shard("a", 8, 16)}, "'a:8:16' leaves a gap after 0");
  refuses({shard("a", 0, 8), shard("a", 16, 20)}, "'a:16:20' leaves a gap after 8");
  refuses({shard("a", 0, 8), shard("a", 4, 12)}, "'a:4:12' overlaps another one");
  refuses({shard("a", 0, 7), shard("a", 0, 8)}, "'a:0:8' overlaps another one");
  refuses({shard("a", 0, 4), shard("a", 4, 8)}, "'a:0:4' is not 8 bytes long and not the last");
  refuses({shard("a", 0, 9)}, "'a:0:9' is longer than 8 bytes");
  refuses({shard("a", 0, 9), shard("a", 9, 10)}, "'a:0:9' is longer than 8 bytes");
  refuses({shard("a", 0, 8), shard("b", 8, 16)}, "'b:8:16' leaves a gap after 0");
}

TEST(ShardLayoutTest, RefusesAShardThatIsThereTwice) {
  EXPECT_THAT(check_shard_layout(std::vector{shard("a", 0, 8), shard("a", 0, 8)}, 8),
              HasCode(Code::kResourceNameDuplicate));
}

}  // namespace
}  // namespace hallmark::manifest

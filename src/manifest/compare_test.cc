#include "hallmark/manifest/compare.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "hallmark/hash/hasher.h"

namespace hallmark::manifest {
namespace {

Resource file(std::string name, std::string_view contents) {
  return {std::move(name), hash::hash_bytes(hash::Algorithm::kSha256, bytes_of(contents))};
}

// "changed a.bin" and so on, one line a difference.
std::vector<std::string> told(const std::vector<Resource>& expected,
                              const std::vector<Resource>& found) {
  std::vector<std::string> lines;
  for (const Difference& d : compare(expected, found)) {
    lines.push_back(std::string(to_string(d.kind)) + " " + d.path +
                    (d.new_path ? " " + *d.new_path : ""));
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(CompareTest, FindsNoDifferenceWhateverTheOrder) {
  EXPECT_EQ(told({file("a", "1"), file("b", "2")}, {file("b", "2"), file("a", "1")}), Lines{});
  EXPECT_EQ(told({}, {}), Lines{});
}

TEST(CompareTest, FindsTheDifferencesAmongAHundredThousandFiles) {
  std::vector<Resource> expected;
  for (int i = 100'000; i < 200'000; ++i) {
    const std::string number = std::to_string(i);
    expected.push_back(file("f" + number, number));
  }
  std::vector<Resource> found(expected.rbegin(), expected.rend());
  EXPECT_EQ(told(expected, found), Lines{});
  found[0] = file("f199999", "other");
  found[50'000] = file("g", "149999");
  found.pop_back();
  EXPECT_EQ(told(expected, found),
            (Lines{"missing f100000", "renamed f149999 g", "changed f199999"}));
}

TEST(CompareTest, TellsEveryDifferenceSortedByPath) {
  const std::vector<Resource> expected = {file("gone", "1"), file("kept", "2"), file("new", "3"),
                                          file("old", "4")};
  const std::vector<Resource> found = {file("added", "5"), file("kept", "2"), file("moved", "4"),
                                       file("new", "6")};
  EXPECT_EQ(told(expected, found),
            (Lines{"extra added", "missing gone", "changed new", "renamed old moved"}));
}

TEST(CompareTest, GivesBothDigests) {
  const auto differences = compare(std::vector{file("a", "1")}, std::vector{file("a", "2")});
  ASSERT_EQ(differences.size(), 1U);
  EXPECT_EQ(differences[0].expected, file("a", "1").digest);
  EXPECT_EQ(differences[0].found, file("a", "2").digest);
}

TEST(CompareTest, PairsRenamedFilesOneForOne) {
  EXPECT_EQ(told({file("a", "x"), file("b", "x")}, {file("c", "x")}),
            (Lines{"renamed a c", "missing b"}));
  EXPECT_EQ(told({file("a", "x")}, {file("b", "x"), file("c", "x")}),
            (Lines{"renamed a b", "extra c"}));
}

TEST(CompareTest, SwappedFilesAreChangedNotRenamed) {
  EXPECT_EQ(told({file("a", "1"), file("b", "2")}, {file("a", "2"), file("b", "1")}),
            (Lines{"changed a", "changed b"}));
}

// A file in shards of one byte.
std::vector<Resource> sharded(const std::string& name, std::string_view contents) {
  std::vector<Resource> shards;
  for (std::size_t i = 0; i < contents.size(); ++i) {
    shards.push_back(file(name, contents.substr(i, 1)));
    shards.back().shard = {i, i + 1};
  }
  return shards;
}

std::vector<Resource> joined(std::vector<Resource> a, const std::vector<Resource>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

using Ranges = std::vector<ByteRange>;

TEST(CompareShardsTest, TellsAFileOnceHoweverManyShardsDiffer) {
  const auto differences = compare(sharded("a", "0123456789"), sharded("a", "01xx456x89"));
  ASSERT_EQ(differences.size(), 1U);
  EXPECT_EQ(differences[0].kind, DifferenceKind::kChanged);
  EXPECT_EQ(differences[0].ranges, (Ranges{{2, 4}, {7, 8}}));
  EXPECT_FALSE(differences[0].expected.has_value());
  EXPECT_FALSE(differences[0].found.has_value());
}

TEST(CompareShardsTest, TellsWhatWasAddedOrCutOff) {
  EXPECT_EQ(compare(sharded("a", "012"), sharded("a", "01234"))[0].ranges, (Ranges{{3, 5}}));
  EXPECT_EQ(compare(sharded("a", "01234"), sharded("a", "012"))[0].ranges, (Ranges{{3, 5}}));
}

TEST(CompareShardsTest, SeesALastShardOfAnotherLength) {
  std::vector<Resource> longer = sharded("a", "0");
  longer[0].shard = {0, 3};
  EXPECT_EQ(compare(sharded("a", "0"), longer)[0].ranges, (Ranges{{0, 3}}));
}

TEST(CompareShardsTest, TellsAnEmptiedFileAsChanged) {
  const std::vector<std::string> empty = {"a", "never signed"};
  const auto differences =
      compare(joined(sharded("a", "01"), sharded("b", "2")), sharded("b", "2"), empty);
  ASSERT_EQ(differences.size(), 1U);
  EXPECT_EQ(differences[0].kind, DifferenceKind::kChanged);
  EXPECT_EQ(differences[0].path, "a");
  EXPECT_EQ(differences[0].ranges, (Ranges{{0, 2}}));
}

TEST(CompareShardsTest, TellsMissingExtraAndRenamedFiles) {
  const auto expected = joined(sharded("gone", "01"), sharded("old", "23"));
  const auto found = joined(sharded("added", "4"), sharded("new", "23"));
  EXPECT_EQ(told(expected, found), (Lines{"extra added", "missing gone", "renamed old new"}));
}

TEST(CompareShardsTest, AFileThatBeginsAsAnotherIsNotRenamed) {
  EXPECT_EQ(told(sharded("a", "012"), sharded("b", "01")), (Lines{"missing a", "extra b"}));
}

TEST(CompareShardsTest, DoesNotCareForTheOrder) {
  auto found = joined(sharded("a", "012"), sharded("b", "345"));
  std::reverse(found.begin(), found.end());
  EXPECT_EQ(told(joined(sharded("a", "012"), sharded("b", "345")), found), Lines{});
}

RC_GTEST_PROP(CompareTest, IsEmptyExactlyForEqualSets,
              (const std::map<std::uint8_t, std::uint8_t>& a,
               const std::map<std::uint8_t, std::uint8_t>& b)) {
  const auto resources = [](const std::map<std::uint8_t, std::uint8_t>& files) {
    std::vector<Resource> list;
    list.reserve(files.size());
    for (const auto& [name, contents] : files) {
      list.push_back(file(std::to_string(name), std::to_string(contents)));
    }
    return list;
  };
  RC_ASSERT(compare(resources(a), resources(b)).empty() == (a == b));
  RC_ASSERT(compare(resources(a), resources(a)).empty());
}

}  // namespace
}  // namespace hallmark::manifest

#include "manifest/archive_members.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"
#include "testing/result_matchers.h"

namespace hallmark::manifest {
namespace {

using ::testing::Eq;
using testing::HasCode;
using ::testing::IsEmpty;
using testing::IsOk;

// Names that end in a slash are directories, all others files.
Result<ArchiveContents> take_in(const std::vector<std::string>& names,
                                const ArchiveLimits& limits = {}) {
  ArchiveMembers members({}, limits);
  for (const std::string& name : names) {
    if (name.ends_with('/')) {
      HALLMARK_TRY(members.add_directory(name));
    } else {
      HALLMARK_TRY(members.begin_file(name));
      HALLMARK_TRY(members.end_file());
    }
  }
  return std::move(members).finish();
}

// The one folder, "-" for none, or the reason why the names are refused.
std::string folder_of(const std::vector<std::string>& names) {
  const auto contents = take_in(names);
  return contents ? contents->folder.value_or("-") : std::string(name_of(contents.error().code));
}

TEST(ArchiveMembersTest, LeavesOutALeadingDot) {
  const auto contents = take_in({"./", "./a", "b"});
  ASSERT_THAT(contents, IsOk());
  EXPECT_EQ(contents->resources.at(0).name, "a");
  EXPECT_EQ(contents->resources.at(1).name, "b");
}

TEST(ArchiveMembersTest, RefusesNamesThatAreNoPlainPaths) {
  for (const std::string name : {"/a", "../a", "a/../b", "a/..", "a//b", "./../a", "a/./b", "././a",
                                 "", ".", "..", "./", "/", "../", "a//"}) {
    if (name == "./") continue;  // the root
    EXPECT_THAT(take_in({name}), HasCode(Code::kArchiveNameInvalid)) << name;
  }
  EXPECT_THAT(take_in({std::string("a\0b", 3)}), HasCode(Code::kArchiveNameInvalid));
  EXPECT_THAT(take_in({"a\xff"}), HasCode(Code::kNameNotUtf8));
  EXPECT_THAT(take_in({std::string(4096, 'a')}), HasCode(Code::kNameTooLong));
  EXPECT_THAT(take_in({std::string(4095, 'a')}), IsOk());
}

TEST(ArchiveMembersTest, RefusesTwoMembersOfOneName) {
  for (const std::vector<std::string>& names : std::vector<std::vector<std::string>>{
           {"a", "a"},
           {"a", "./a"},
           {"m/a", "m/b", "m/a"},
           {"m/", "m/"},
           {"m/", "m"},
           {"a", "a/b"},
           {"a/b", "a"},
           {"a", "a!", "a/b/c"},
           {"m/a", "m/a-", "m/a/", "m/a/b"},
       }) {
    EXPECT_THAT(take_in(names), HasCode(Code::kArchiveMemberDuplicate)) << names.back();
  }
  EXPECT_THAT(take_in({"a", "a!", "a-/b", "A", "aa/b"}), IsOk());
}

TEST(ArchiveMembersTest, FindsTheOneFolder) {
  EXPECT_EQ(folder_of({"m/", "m/a", "m/sub/b"}), "m");
  EXPECT_EQ(folder_of({"./", "./m/a"}), "m");
  EXPECT_EQ(folder_of({"m/a", "n/b"}), "-");
  EXPECT_EQ(folder_of({"m/a", "n/"}), "-");
  EXPECT_EQ(folder_of({"m/a", "mm/b"}), "-");
  EXPECT_EQ(folder_of({"m/a", "b"}), "-");
  EXPECT_EQ(folder_of({"m"}), "-");
  EXPECT_EQ(folder_of({}), "-");
}

TEST(ArchiveMembersTest, HasLimits) {
  EXPECT_THAT(take_in({"a", "b/"}, {.max_members = 2}), IsOk());
  EXPECT_THAT(take_in({"a", "b/", "c"}, {.max_members = 2}), HasCode(Code::kLimitExceeded));
  EXPECT_THAT(take_in({"abc", "de"}, {.max_name_bytes = 5}), IsOk());
  EXPECT_THAT(take_in({"abc", "def"}, {.max_name_bytes = 5}), HasCode(Code::kLimitExceeded));
}

hash::Digest digest_of(hash::Algorithm algorithm, std::string_view text) {
  return hash::hash_bytes(algorithm, bytes_of(text));
}

// A file of these contents, which come in pieces.
ArchiveContents hash_file(std::string_view contents, const hash::HashOptions& how,
                          std::size_t step) {
  const ArchiveLimits limits;
  ArchiveMembers members(how, limits);
  EXPECT_THAT(members.begin_file("a"), IsOk());
  for (std::size_t i = 0; i < contents.size(); i += step) {
    EXPECT_THAT(members.add_bytes(bytes_of(contents.substr(i, step))), IsOk());
  }
  EXPECT_THAT(members.end_file(), IsOk());
  EXPECT_THAT(members.begin_file("empty"), IsOk());
  EXPECT_THAT(members.end_file(), IsOk());
  return std::move(members).finish().value();
}

TEST(ArchiveMembersTest, HashesWholeFilesWithEveryAlgorithm) {
  for (const hash::Algorithm algorithm : hash::kAlgorithms) {
    const ArchiveContents contents = hash_file("weights", {.algorithm = algorithm}, 3);
    EXPECT_EQ(contents.resources, (std::vector<Resource>{{"a", digest_of(algorithm, "weights"), {}},
                                                         {"empty", digest_of(algorithm, ""), {}}}));
    EXPECT_THAT(contents.files_without_shard, IsEmpty());
  }
}

TEST(ArchiveMembersTest, HashesShardsWithEveryAlgorithm) {
  for (const hash::Algorithm algorithm : hash::kAlgorithms) {
    for (const std::size_t step : {1U, 3U, 4U, 100U}) {
      const hash::HashOptions how{.algorithm = algorithm, .shard_size = 4};
      EXPECT_EQ(hash_file("weights", how, step).resources,
                (std::vector<Resource>{{"a", digest_of(algorithm, "weig"), {0, 4}},
                                       {"a", digest_of(algorithm, "hts"), {4, 7}}}));
      const ArchiveContents whole = hash_file("weigshts", how, step);
      EXPECT_EQ(whole.resources,
                (std::vector<Resource>{{"a", digest_of(algorithm, "weig"), {0, 4}},
                                       {"a", digest_of(algorithm, "shts"), {4, 8}}}));
      EXPECT_THAT(whole.files_without_shard, ::testing::ElementsAre("empty"));
    }
  }
}

}  // namespace
}  // namespace hallmark::manifest

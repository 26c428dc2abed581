#include "hallmark/manifest/digest_list.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "hallmark/hash/hasher.h"
#include "hallmark/manifest/name.h"
#include "testing/case_files.h"
#include "testing/result_matchers.h"

namespace hallmark::manifest {
namespace {

using hallmark::testing::case_files;
using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using ::testing::StartsWith;

hash::Digest digest_of(std::string_view text,
                       hash::Algorithm algorithm = hash::Algorithm::kSha256) {
  return hash::hash_bytes(algorithm, bytes_of(text));
}

DigestList accepted(const std::string& name) {
  for (const auto& file : case_files("digests/accept")) {
    if (file.name == name) return parse_digest_list(file.contents).value();
  }
  ADD_FAILURE() << "no file " << name;
  return {};
}

using Resources = std::vector<Resource>;

TEST(DigestListTest, ReadsEveryAcceptedForm) {
  for (const auto& file : case_files("digests/accept")) {
    const auto list = parse_digest_list(file.contents);
    ASSERT_THAT(list, IsOk()) << file.name;
    const DigestListForm form = file.code.starts_with("sums")  ? DigestListForm::kSums
                                : file.code.starts_with("oci") ? DigestListForm::kOciManifest
                                                               : DigestListForm::kHallmark;
    EXPECT_EQ(list->form, form) << file.name;
  }
}

TEST(DigestListTest, RefusesEveryFaultWithItsOwnCode) {
  for (const auto& file : case_files("digests/reject")) {
    const auto list = parse_digest_list(file.contents);
    ASSERT_FALSE(list.has_value()) << file.name;
    EXPECT_EQ(name_of(list.error().code), file.code) << file.name << ": " << list.error().message;
  }
}

TEST(DigestListTest, SortsFilesAsAStatementHasThem) {
  const DigestList list = accepted("sums.txt");
  EXPECT_EQ(list.resources, (Resources{{"a", digest_of("a")}, {"b", digest_of("b")}}));
  EXPECT_EQ(list.algorithm, hash::Algorithm::kSha256);
  EXPECT_EQ(list.shard_size, 0U);
}

TEST(DigestListTest, TakesNamesOfSumsAsTheyWereMeant) {
  EXPECT_EQ(accepted("sums-escaped.txt").resources,
            (Resources{{"  two blanks", digest_of("c")},
                       {"back\\slash", digest_of("a")},
                       {"line\nfeed\rreturn", digest_of("b")}}));
  EXPECT_EQ(accepted("sums-odd-names.txt").resources, (Resources{{" b", digest_of("c")},
                                                                 {"*star", digest_of("a")},
                                                                 {"模型 1.bin", digest_of("b")}}));
  EXPECT_EQ(accepted("sums-dot-slash.txt").resources.front().name, "a");
}

TEST(DigestListTest, ReadsOtherAlgorithmsAndShards) {
  EXPECT_EQ(accepted("ours-blake2b.json").resources,
            (Resources{{"a", digest_of("a", hash::Algorithm::kBlake2b)}}));
  const DigestList list = accepted("ours-shards.json");
  EXPECT_EQ(list.shard_size, 4U);
  EXPECT_EQ(list.resources, (Resources{{"a", digest_of("b"), {0, 4}},
                                       {"a", digest_of("c"), {4, 8}},
                                       {"a", digest_of("a"), {8, 10}},
                                       {"b:0:1", digest_of("a"), {0, 1}}}));
}

TEST(DigestListTest, NamesLayersByTheirTitles) {
  EXPECT_EQ(accepted("oci.json").resources,
            (Resources{{"a", digest_of("a")}, {"dir/b", digest_of("b")}}));
}

TEST(DigestListTest, SaysWhere) {
  const std::string line = digest_of("a").hex() + "  a\n";
  EXPECT_THAT(parse_digest_list(line + "x\n"),
              FailsWith(Code::kDigestListUnreadable, StartsWith("line 2: expected 64 hex digits")));
  EXPECT_THAT(parse_digest_list(R"({"schema": "hallmark-digests/v1", "hash_algorithm": "sha256",
                                    "resources": [{"name": "a", "digest": "sha256:0"}]})"),
              FailsWith(Code::kDigestMalformed, StartsWith("/resources/0: ")));
}

TEST(DigestListTest, TriesNoOtherFormWhenOneFails) {
  EXPECT_THAT(parse_digest_list("{" + digest_of("a").hex() + "  a\n"), HasCode(Code::kJsonSyntax));
  EXPECT_THAT(parse_digest_list(" \n{}"), HasCode(Code::kMemberMissing));
}

// As coreutils writes a name.
std::string escaped_line(const std::string& name) {
  std::string line;
  for (const char c : name) {
    if (c == '\\') {
      line += "\\\\";
    } else if (c == '\n') {
      line += "\\n";
    } else if (c == '\r') {
      line += "\\r";
    } else {
      line.push_back(c);
    }
  }
  return (line == name ? "" : "\\") + digest_of(name).hex() + "  " + line + "\n";
}

RC_GTEST_PROP(DigestListTest, ReadsEveryNameThatSumsCanHave, ()) {
  const auto letters = rc::gen::elementOf(std::string("ab/.\\\n\r* n"));
  const auto name = *rc::gen::nonEmpty(rc::gen::container<std::string>(letters));
  RC_PRE(!name.starts_with("./"));
  const auto list = parse_digest_list(escaped_line(name));
  RC_ASSERT(list.has_value() == check_resource_name(name).has_value());
  if (list) RC_ASSERT(list->resources == Resources({{name, digest_of(name)}}));
}

}  // namespace
}  // namespace hallmark::manifest

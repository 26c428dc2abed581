#include "hallmark/attest/statement.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "hallmark/base/file.h"
#include "hallmark/base/json.h"
#include "hallmark/base/json_writer.h"
#include "hallmark/hash/hasher.h"
#include "testing/case_files.h"
#include "testing/colliding_names.h"
#include "testing/golden.h"
#include "testing/result_matchers.h"

namespace hallmark::attest {
namespace {

using hallmark::testing::case_files;
using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;

ModelStatement accepted(const std::string& name) {
  const std::string path = HALLMARK_TESTDATA_DIR "/statements/accept/" + name + ".json";
  return decode_statement(bytes_of(base::read_file(path, 1'000'000).value())).value();
}

hash::Digest digest_of(std::string_view text) {
  return hash::hash_bytes(hash::Algorithm::kSha256, bytes_of(text));
}

manifest::Manifest example() {
  manifest::Manifest manifest;
  manifest.ignore_paths = {".git", "logs"};
  manifest.resources = {{"config.json", digest_of("config")},
                        {"sub/weights \"1\"\n.bin", digest_of("weights")},
                        {"模型.bin", digest_of("model")}};
  return manifest;
}

TEST(StatementTest, ReadsEveryAcceptedForm) {
  for (const auto& file : case_files("statements/accept")) {
    EXPECT_THAT(decode_statement(bytes_of(file.contents)), IsOk()) << file.name;
  }
}

TEST(StatementTest, RefusesEveryFaultWithItsOwnCode) {
  for (const auto& file : case_files("statements/reject")) {
    const auto statement = decode_statement(bytes_of(file.contents));
    ASSERT_FALSE(statement.has_value()) << file.name;
    EXPECT_EQ(name_of(statement.error().code), file.code)
        << file.name << ": " << statement.error().message;
  }
}

TEST(StatementTest, TellsThePlaceOfAFault) {
  const auto statement = decode_statement(bytes_of(R"({"_type": "https://in-toto.io/Statement/v1",
      "predicateType": "https://model_signing/signature/v1.0", "subject": [
      {"name": "m", "digest": {"sha256": "00"}}], "predicate": {"resources": [], "serialization":
      {"method": "files", "hash_type": "sha256", "allow_symlinks": false}}})"));
  EXPECT_THAT(statement, FailsWith(Code::kDigestMalformed,
                                   "/subject/0/digest/sha256: expected a sha256 digest of 64 hex "
                                   "digits, found 2 characters"));
}

manifest::Manifest manifest_of(const std::vector<std::string>& names) {
  manifest::Manifest manifest;
  for (const std::string& name : names) manifest.resources.push_back({name, digest_of("")});
  return manifest;
}

Result<ModelStatement> decode_with(const std::vector<std::string>& names) {
  return decode_statement(bytes_of(encode_statement("m", manifest_of(names))));
}

TEST(StatementTest, TellsTheFirstFaultAmongTheNames) {
  EXPECT_THAT(decode_with({"b", "a", "c", "a", "b", "/"}),
              FailsWith(Code::kResourceNameDuplicate,
                        "/predicate/resources/3: the name 'a' was there before"));
  EXPECT_THAT(
      decode_with({"b", "a", "/", "a"}),
      FailsWith(Code::kResourceNameInvalid, "/predicate/resources/2: the name '/' is absolute"));
  EXPECT_THAT(decode_with({"a", "a", "a", "/"}),
              FailsWith(Code::kResourceNameDuplicate,
                        "/predicate/resources/1: the name 'a' was there before"));
}

// With a hash table this would take minutes.
TEST(StatementTest, ReadsNamesWhoseHashesCollide) {
  std::vector<std::string> names = hallmark::testing::colliding_names(20'000);
  EXPECT_THAT(decode_with(names), IsOk());
  names.push_back(names.front());
  EXPECT_THAT(decode_with(names), HasCode(Code::kResourceNameDuplicate));
}

TEST(StatementTest, WarnsOfTheOrderOfTheReference) {
  EXPECT_EQ(accepted("order-of-the-reference").warnings.size(), 1U);
  EXPECT_TRUE(accepted("plain").warnings.empty());
}

TEST(StatementTest, ReadsTheLegacyFormAsFiles) {
  const ModelStatement statement = accepted("legacy-digests");
  EXPECT_EQ(statement.form, StatementForm::kLegacyDigests);
  EXPECT_EQ(statement.subject, "");
  ASSERT_EQ(statement.manifest.resources.size(), 2U);
  EXPECT_EQ(statement.manifest.resources[0], (manifest::Resource{"a.bin", digest_of("a")}));
}

TEST(StatementTest, KeepsIgnoredPathsAsTheyAre) {
  const std::vector<std::string> expected = {"../outside/model.sig", "/abs", "a/./b"};
  EXPECT_EQ(accepted("ignore-paths-that-match-nothing").manifest.ignore_paths, expected);
}

TEST(StatementTest, WritesTheSameBytesEveryTime) {
  hallmark::testing::expect_golden("statements/written.json",
                                   encode_statement("my model", example()));
}

TEST(StatementTest, WritesCanonicalJson) {
  const std::string text = encode_statement("my model", example());
  const auto value = base::parse_json(text);
  ASSERT_THAT(value, IsOk());
  EXPECT_EQ(base::write_canonical_json(*value).value(), text);
}

TEST(StatementTest, LeavesOutEmptyIgnoredPaths) {
  manifest::Manifest manifest = example();
  manifest.ignore_paths.clear();
  EXPECT_EQ(encode_statement("m", manifest).find("ignore_paths"), std::string::npos);
}

RC_GTEST_PROP(StatementTest, ReadsWhatItWrites, (const std::set<std::uint32_t>& ids, bool links)) {
  manifest::Manifest manifest;
  manifest.allow_symlinks = links;
  std::set<std::string> names = {"always"};
  for (const std::uint32_t id : ids)
    names.insert("d" + std::to_string(id % 7) + "/f" + std::to_string(id));
  for (const std::string& name : names) manifest.resources.push_back({name, digest_of(name)});
  const auto read = decode_statement(bytes_of(encode_statement("m", manifest)));
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->warnings.empty());
  RC_ASSERT(read->manifest.resources == manifest.resources);
  RC_ASSERT(read->manifest.allow_symlinks == links);
}

}  // namespace
}  // namespace hallmark::attest

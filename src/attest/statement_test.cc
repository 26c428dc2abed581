#include "hallmark/attest/statement.h"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "hallmark/base/file.h"
#include "hallmark/base/json.h"
#include "hallmark/base/json_writer.h"
#include "hallmark/hash/hasher.h"
#include "hallmark/manifest/shard.h"
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

manifest::Manifest example_of_shards() {
  manifest::Manifest manifest;
  manifest.method = manifest::Method::kShards;
  manifest.shard_size = 1000;
  manifest.algorithm = hash::Algorithm::kBlake3;
  const auto shard = [](std::uint64_t start, std::uint64_t end) {
    return manifest::Resource{
        "weights:1:2", hash::hash_bytes(hash::Algorithm::kBlake3, bytes_of("x")), {start, end}};
  };
  manifest.resources = {shard(0, 1000), shard(1000, 1007)};
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

TEST(StatementTest, TakesShardsApart) {
  const ModelStatement statement = accepted("shards-of-names-with-colons");
  EXPECT_EQ(statement.manifest.method, manifest::Method::kShards);
  EXPECT_EQ(statement.manifest.shard_size, 8U);
  std::map<std::string, std::uint64_t> sizes;
  for (const manifest::Resource& r : statement.manifest.resources) {
    sizes[r.name] = std::max(sizes[r.name], r.shard.end);
  }
  EXPECT_EQ(sizes, (std::map<std::string, std::uint64_t>{
                       {"8:16", 20}, {"a", 7}, {"a:", 7}, {"colon:0:5", 20}}));
}

TEST(StatementTest, ReadsTheShardSizeHoweverItIsSpelled) {
  EXPECT_EQ(accepted("shards-of-the-reference").manifest.shard_size, 8U);
  EXPECT_EQ(accepted("shard-size-with-exponent").manifest.shard_size, 8'000'000'000U);
  EXPECT_EQ(accepted("shards-as-large-as-can-be").manifest.shard_size, manifest::kLargestShardSize);
}

TEST(StatementTest, WarnsOfShardsInTheOrderOfOffsets) {
  EXPECT_EQ(accepted("shards-in-the-order-of-offsets").warnings.size(), 1U);
  EXPECT_TRUE(accepted("shards-in-the-order-of-oms").warnings.empty());
}

TEST(StatementTest, WritesShardsInBothForms) {
  hallmark::testing::expect_golden("statements/written-shards.json",
                                   encode_statement("my model", example_of_shards()));
  hallmark::testing::expect_golden(
      "statements/written-shards-for-the-reference.json",
      encode_statement("my model", example_of_shards(), ShardLabels::kSuffixed));
}

TEST(StatementTest, WritesNoSuffixWhereThereAreNoShards) {
  EXPECT_EQ(encode_statement("m", example(), ShardLabels::kSuffixed),
            encode_statement("m", example()));
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
  manifest::Manifest largest = example_of_shards();
  largest.shard_size = manifest::kLargestShardSize;
  for (const manifest::Manifest& manifest : {example(), example_of_shards(), largest}) {
    const std::string text = encode_statement("my model", manifest);
    const auto value = base::parse_json(text);
    ASSERT_THAT(value, IsOk());
    EXPECT_EQ(base::write_canonical_json(*value).value(), text);
  }
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

TEST(StatementTest, ReadsBackAHundredThousandFiles) {
  manifest::Manifest manifest;
  for (int i = 100'000; i < 200'000; ++i) {
    const std::string name = "shard/" + std::to_string(i) + ".bin";
    manifest.resources.push_back({name, digest_of(name)});
  }
  const auto read = decode_statement(bytes_of(encode_statement("m", manifest)));
  ASSERT_THAT(read, IsOk());
  EXPECT_THAT(read->warnings, ::testing::IsEmpty());
  // Not EXPECT_EQ, which would print all of them.
  EXPECT_TRUE(read->manifest.resources == manifest.resources);
}

// Files of these lengths, cut into shards.
manifest::Manifest cut(const std::map<std::string, std::uint64_t>& lengths, std::uint64_t size) {
  manifest::Manifest manifest;
  manifest.method = manifest::Method::kShards;
  manifest.shard_size = size;
  for (const auto& [name, length] : lengths) {
    for (std::uint64_t start = 0; start < length; start += size) {
      manifest.resources.push_back(
          {name, digest_of(name), {start, std::min(start + size, length)}});
    }
  }
  std::sort(manifest.resources.begin(), manifest.resources.end(), manifest::statement_order);
  return manifest;
}

RC_GTEST_PROP(StatementTest, ReadsTheShardsThatItWrites, ()) {
  std::map<std::string, std::uint64_t> lengths = {{"always", 1}};
  const auto number = rc::gen::inRange<std::uint64_t>(0, 30);
  const int files = *rc::gen::inRange(0, 8);
  for (int i = 0; i < files; ++i) {
    lengths[*rc::gen::element<std::string>("a", "a:", "a:0:5", "a-b", "a/b", "0:1")] = *number;
  }
  const manifest::Manifest manifest = cut(lengths, 1 + *number);
  const auto labels = *rc::gen::element(ShardLabels::kPlain, ShardLabels::kSuffixed);
  const auto read = decode_statement(bytes_of(encode_statement("m", manifest, labels)));
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->warnings.empty());
  RC_ASSERT(read->manifest.resources == manifest.resources);
  RC_ASSERT(read->manifest.shard_size == manifest.shard_size);
}

}  // namespace
}  // namespace hallmark::attest

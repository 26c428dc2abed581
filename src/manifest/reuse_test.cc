#include "hallmark/manifest/reuse.h"

#include <map>

#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"

namespace hallmark::manifest {
namespace {

using Digests = std::vector<hash::Digest>;
using Found = std::optional<Digests>;

hash::Digest digest_of(std::string_view text) {
  return hash::hash_bytes(hash::Algorithm::kSha256, bytes_of(text));
}

TreeFile file(const std::string& name, std::uint64_t size, const std::string& place = "") {
  TreeFile file(name, {place.empty() ? name : place, {}});
  file.location.listed.size = size;
  return file;
}

// What a cache would know.
class Witness final : public KnownDigests {
 public:
  Found find(const TreeFile& file, const hash::HashOptions& /*how*/) override {
    asked_.push_back(file.name());
    const auto known = known_.find(file.name());
    return known == known_.end() ? Found() : Found(known->second);
  }
  void learn(const TreeFile& file, const hash::HashOptions& /*how*/,
             std::span<const hash::Digest> digests) override {
    known_[file.name()] = Digests(digests.begin(), digests.end());
  }

  // Files that it could look at.
  [[nodiscard]] const std::vector<std::string>& asked() const { return asked_; }

 private:
  std::vector<std::string> asked_;
  std::map<std::string, Digests> known_;
};

Manifest files_a_and_b() {
  Manifest manifest;
  manifest.resources = {{"dir/b", digest_of("b")}, {"a", digest_of("a")}};
  return manifest;
}

// "a" of 10 bytes and "b" of 4, in shards of 4.
Manifest shards() {
  Manifest manifest;
  manifest.method = Method::kShards;
  manifest.shard_size = 4;
  manifest.resources = {{"a", digest_of("0"), {0, 4}},
                        {"a", digest_of("8"), {8, 10}},
                        {"b", digest_of("b"), {0, 4}},
                        {"a", digest_of("4"), {4, 8}}};
  return manifest;
}

IgnoreRules paths(std::initializer_list<std::string> names) {
  IgnoreRules rules;
  for (const std::string& name : names) rules.add(name);
  return rules;
}

TEST(ReusedDigestsTest, TakesOverWhatNobodyNamedAsChanged) {
  ReusedDigests reused(files_a_and_b(), paths({"dir"}), nullptr);
  EXPECT_EQ(reused.find(file("a", 7), {}), Found(Digests{digest_of("a")}));
  EXPECT_EQ(reused.find(file("dir/b", 7), {}), std::nullopt);
  EXPECT_EQ(reused.find(file("new", 7), {}), std::nullopt);
  EXPECT_EQ(reused.taken_over(), 1U);
}

TEST(ReusedDigestsTest, TakesEverySignedFileOverWhenNothingChanged) {
  ReusedDigests reused(files_a_and_b(), IgnoreRules{}, nullptr);
  EXPECT_EQ(reused.find(file("a", 7), {}), Found(Digests{digest_of("a")}));
  EXPECT_EQ(reused.find(file("dir/b", 7), {}), Found(Digests{digest_of("b")}));
}

TEST(ReusedDigestsTest, TakesNothingOverWhenNobodySaysWhatChanged) {
  ReusedDigests reused(files_a_and_b(), std::nullopt, nullptr);
  EXPECT_EQ(reused.find(file("a", 7), {}), std::nullopt);
  EXPECT_EQ(reused.taken_over(), 0U);
}

TEST(ReusedDigestsTest, SeesAChangeBehindALink) {
  ReusedDigests reused(files_a_and_b(), paths({"target"}), nullptr);
  EXPECT_EQ(reused.find(file("a", 7, "target"), {}), std::nullopt);
}

TEST(ReusedDigestsTest, NeedsAllShardsOfAFileOfTheSameSize) {
  const hash::HashOptions how{.shard_size = 4};
  ReusedDigests reused(shards(), IgnoreRules{}, nullptr);
  EXPECT_EQ(reused.find(file("a", 10), how),
            Found(Digests{digest_of("0"), digest_of("4"), digest_of("8")}));
  for (const std::uint64_t size : {0U, 8U, 9U, 11U, 12U}) {
    EXPECT_EQ(reused.find(file("a", size), how), std::nullopt) << size;
  }
  EXPECT_EQ(reused.find(file("empty", 0), how), std::nullopt);
  EXPECT_EQ(reused.taken_over(), 1U);
}

TEST(ReusedDigestsTest, TakesNothingOverForAnotherHash) {
  ReusedDigests reused(files_a_and_b(), IgnoreRules{}, nullptr);
  EXPECT_EQ(reused.find(file("a", 1), {.algorithm = hash::Algorithm::kBlake3}), std::nullopt);
  EXPECT_EQ(reused.find(file("a", 1), {.shard_size = 4}), std::nullopt);
}

TEST(ReusedDigestsTest, BelievesAWitnessThatAgreesWithTheSignature) {
  Witness witness;
  ReusedDigests reused(files_a_and_b(), std::nullopt, &witness);
  EXPECT_EQ(reused.find(file("a", 1), {}), std::nullopt);
  reused.learn(file("a", 1), {}, Digests{digest_of("a")});
  reused.learn(file("dir/b", 1), {}, Digests{digest_of("another")});
  reused.learn(file("new", 1), {}, Digests{digest_of("new")});
  EXPECT_EQ(reused.find(file("a", 1), {}), Found(Digests{digest_of("a")}));
  EXPECT_EQ(reused.find(file("dir/b", 1), {}), std::nullopt);
  EXPECT_EQ(reused.find(file("new", 1), {}), std::nullopt);
}

TEST(ReusedDigestsTest, ReadsWhatTheUserNamesWhateverAWitnessSays) {
  Witness witness;
  witness.learn(file("a", 1), {}, Digests{digest_of("a")});
  ReusedDigests reused(files_a_and_b(), paths({"a"}), &witness);
  EXPECT_EQ(reused.find(file("a", 1), {}), std::nullopt);
}

TEST(ReusedDigestsTest, ShowsAWitnessEveryFileBeforeItIsRead) {
  for (const auto& changed : {std::optional<IgnoreRules>(), std::optional(paths({"a"}))}) {
    Witness witness;
    ReusedDigests reused(files_a_and_b(), changed, &witness);
    for (const std::string name : {"a", "new"}) {
      EXPECT_EQ(reused.find(file(name, 1), {}), std::nullopt);
    }
    EXPECT_EQ(witness.asked(), (std::vector<std::string>{"a", "new"}));
  }
}

TEST(NamesSignedFileTest, KnowsFilesAndWhatTheyAreIn) {
  const Manifest manifest = files_a_and_b();
  for (const std::string_view name : {"a", "dir", "dir/b"}) {
    EXPECT_TRUE(names_signed_file(manifest.resources, name)) << name;
  }
  for (const std::string_view name : {"b", "di", "dir/c", "a/b"}) {
    EXPECT_FALSE(names_signed_file(manifest.resources, name)) << name;
  }
}

}  // namespace
}  // namespace hallmark::manifest

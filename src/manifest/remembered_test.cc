#include "hallmark/manifest/remembered.h"

#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"

namespace hallmark::manifest {
namespace {

using Digests = std::vector<hash::Digest>;

hash::Digest digest_of(std::string_view contents) {
  return hash::hash_bytes(hash::Algorithm::kSha256, bytes_of(contents));
}

TreeFile file_of_size(std::uint64_t size) {
  hash::FileToHash location{"place", {}};
  location.listed.size = size;
  return TreeFile("name", std::move(location));
}

// Knows every file by its size, and counts how often it was asked and told.
class CountingWitness final : public KnownDigests {
 public:
  std::optional<Digests> find(const TreeFile& file, const hash::HashOptions& /*how*/) override {
    asked += 1;
    return knows ? std::optional(Digests{digest_of(std::to_string(file.location.listed.size))})
                 : std::nullopt;
  }
  void learn(const TreeFile& /*file*/, const hash::HashOptions& /*how*/,
             std::span<const hash::Digest> /*digests*/) override {
    told += 1;
  }

  bool knows = false;
  int asked = 0;
  int told = 0;
};

TEST(RememberedDigestsTest, KnowsWhatWasReadBefore) {
  RememberedDigests remembered;
  remembered.begin(nullptr);
  EXPECT_EQ(remembered.find(file_of_size(1), {}), std::nullopt);
  remembered.learn(file_of_size(1), {}, Digests{digest_of("a")});
  remembered.begin(nullptr);
  EXPECT_EQ(remembered.find(file_of_size(1), {}), Digests{digest_of("a")});
  EXPECT_EQ(remembered.files_never_read(), 0U);
  EXPECT_EQ(remembered.changed_file(), std::nullopt);
}

TEST(RememberedDigestsTest, KnowsFilesOfTheModelFromThoseOutside) {
  const base::Directory outside = base::Directory::open("/").value();
  TreeFile linked = file_of_size(2);
  linked.location.beneath = &outside;
  RememberedDigests remembered;
  remembered.learn(file_of_size(1), {}, Digests{digest_of("a")});
  EXPECT_EQ(remembered.find(linked, {}), std::nullopt);
  EXPECT_EQ(remembered.changed_file(), std::nullopt);
  remembered.learn(linked, {}, Digests{digest_of("b")});
  EXPECT_EQ(remembered.find(file_of_size(1), {}), Digests{digest_of("a")});
}

TEST(RememberedDigestsTest, KnowsAFileByItsPlaceAndNotByItsName) {
  RememberedDigests remembered;
  remembered.learn(file_of_size(1), {}, Digests{digest_of("a")});
  const TreeFile link("another name", file_of_size(1).location);
  EXPECT_EQ(remembered.find(link, {}), Digests{digest_of("a")});
  TreeFile other = file_of_size(1);
  other.location.path = "another place";
  EXPECT_EQ(remembered.find(other, {}), std::nullopt);
}

TEST(RememberedDigestsTest, KeepsEveryWayOfHashingApart) {
  RememberedDigests remembered;
  remembered.learn(file_of_size(1), {}, Digests{digest_of("a")});
  EXPECT_EQ(remembered.find(file_of_size(1), {.algorithm = hash::Algorithm::kBlake3}),
            std::nullopt);
  EXPECT_EQ(remembered.find(file_of_size(1), {.shard_size = 1}), std::nullopt);
  EXPECT_EQ(remembered.find(file_of_size(1), {}), Digests{digest_of("a")});
}

TEST(RememberedDigestsTest, TellsAFileThatChangedAndForgetsIt) {
  RememberedDigests remembered;
  remembered.learn(file_of_size(1), {}, Digests{digest_of("a")});
  EXPECT_EQ(remembered.find(file_of_size(2), {}), std::nullopt);
  EXPECT_EQ(remembered.changed_file(), "place");
  remembered.learn(file_of_size(2), {}, Digests{digest_of("b")});
  EXPECT_EQ(remembered.find(file_of_size(2), {}), Digests{digest_of("b")});
}

// Nobody reads it twice by one way of hashing, but another way sees the change too.
TEST(RememberedDigestsTest, TellsAFileThatChangedBetweenTwoWaysOfHashing) {
  RememberedDigests remembered;
  remembered.learn(file_of_size(1), {}, Digests{digest_of("a")});
  EXPECT_EQ(remembered.find(file_of_size(2), {.shard_size = 7}), std::nullopt);
  EXPECT_EQ(remembered.changed_file(), "place");
}

TEST(RememberedDigestsTest, AsksItsWitnessOnceAndCountsWhatOnlyThatKnew) {
  CountingWitness witness;
  witness.knows = true;
  RememberedDigests remembered;
  for (int measurement = 0; measurement < 2; ++measurement) {
    remembered.begin(&witness);
    EXPECT_EQ(remembered.find(file_of_size(7), {}), Digests{digest_of("7")});
    EXPECT_EQ(remembered.files_never_read(), 1U);
  }
  EXPECT_EQ(witness.asked, 1);
  witness.knows = false;
  remembered.begin(&witness);
  TreeFile unknown = file_of_size(7);
  unknown.location.path = "unknown";
  EXPECT_EQ(remembered.find(unknown, {}), std::nullopt);
  remembered.learn(unknown, {}, Digests{digest_of("u")});
  EXPECT_EQ(witness.told, 1);
  EXPECT_EQ(remembered.files_never_read(), 0U);
}

}  // namespace
}  // namespace hallmark::manifest

#include "hallmark/manifest/manifest.h"

#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"
#include "testing/result_matchers.h"

namespace hallmark::manifest {
namespace {

using hallmark::testing::HasCode;
using hallmark::testing::IsOkWith;

hash::Digest digest_of(std::string_view text) {
  return hash::hash_bytes(hash::Algorithm::kSha256, bytes_of(text));
}

TEST(ManifestTest, ReadsItsMethodsOnly) {
  for (const Method method : {Method::kFiles, Method::kShards}) {
    EXPECT_THAT(parse_method(to_string(method)), IsOkWith(method));
  }
  for (const std::string_view name : {"", "Files", "shard", "file", "shards "}) {
    EXPECT_THAT(parse_method(name), HasCode(Code::kSerializationMethodUnsupported)) << name;
  }
}

// printf a | sha256sum, printf b | sha256sum, both binary digests | sha256sum.
TEST(ManifestTest, HashesRawDigestsInTheOrderListed) {
  const std::vector<Resource> resources = {{"x", digest_of("a")}, {"y", digest_of("b")}};
  EXPECT_EQ(root_digest(resources).hex(),
            "e5a01fee14e0ed5c48714f22180f25ad8365b53f9779f79dc4a3d7e93963f94a");
  const std::vector<Resource> reversed = {resources[1], resources[0]};
  EXPECT_NE(root_digest(resources), root_digest(reversed));
}

TEST(ManifestTest, HashesDigestsOfEveryAlgorithmBySha256) {
  for (const hash::Algorithm algorithm : hash::kAlgorithms) {
    const hash::Digest digest = hash::hash_bytes(algorithm, bytes_of("a"));
    const std::vector<Resource> resources = {{"x", digest}};
    EXPECT_EQ(root_digest(resources), hash::hash_bytes(hash::Algorithm::kSha256, digest.bytes()));
  }
}

TEST(ManifestTest, CountsAFileOnceWhateverItsShards) {
  const std::vector<Resource> files = {{"x", digest_of("a")}, {"y", digest_of("b")}};
  const std::vector<Resource> shards = {
      {"x", digest_of("a"), {0, 8}}, {"x", digest_of("b"), {8, 16}}, {"y", digest_of("b"), {0, 1}}};
  EXPECT_EQ(count_files(files), 2U);
  EXPECT_EQ(count_files(shards), 2U);
  EXPECT_EQ(count_files({}), 0U);
}

TEST(ManifestTest, DoesNotBindNames) {
  const std::vector<Resource> one = {{"x", digest_of("a")}};
  const std::vector<Resource> other = {{"y", digest_of("a")}};
  EXPECT_EQ(root_digest(one), root_digest(other));
}

}  // namespace
}  // namespace hallmark::manifest

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
  EXPECT_THAT(parse_method(to_string(Method::kFiles)), IsOkWith(Method::kFiles));
  for (const std::string_view name : {"", "Files", "shards", "file"}) {
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

TEST(ManifestTest, DoesNotBindNames) {
  const std::vector<Resource> one = {{"x", digest_of("a")}};
  const std::vector<Resource> other = {{"y", digest_of("a")}};
  EXPECT_EQ(root_digest(one), root_digest(other));
}

}  // namespace
}  // namespace hallmark::manifest

#include "attest/hash_label.h"

#include <gtest/gtest.h>

#include "testing/result_matchers.h"

namespace hallmark::attest {
namespace {

using hash::Algorithm;
using testing::HasCode;
using testing::IsOkWith;

TEST(HashLabelTest, ReadsTheNamesOfOmsAndThoseWithAShardSize) {
  EXPECT_THAT(parse_hash_label("sha256"), IsOkWith(HashLabel{Algorithm::kSha256, std::nullopt}));
  EXPECT_THAT(parse_hash_label("blake3"), IsOkWith(HashLabel{Algorithm::kBlake3, std::nullopt}));
  EXPECT_THAT(parse_hash_label("sha256-sharded-1000000000"),
              IsOkWith(HashLabel{Algorithm::kSha256, 1'000'000'000U}));
  EXPECT_THAT(parse_hash_label("blake2b-sharded-1"), IsOkWith(HashLabel{Algorithm::kBlake2b, 1U}));
}

TEST(HashLabelTest, RefusesOtherNames) {
  for (const std::string_view text :
       {"", "-sharded-8", "sha384", "sha512-sharded-8", "blake2", "sha256-sharded",
        "sha256-sharded-", "sha256-sharded-0", "sha256-sharded-08", "sha256-sharded--8",
        "sha256-sharded-+8", "sha256-sharded-8.0", "sha256-sharded-8 ", "sha256-sharded-1e9",
        "sha256-sharded-8-sharded-8", "sha256-8", "sha256-sharded-18446744073709551616"}) {
    EXPECT_THAT(parse_hash_label(text), HasCode(Code::kHashAlgorithmUnsupported)) << text;
  }
}

}  // namespace
}  // namespace hallmark::attest

#include "hallmark/hash/digest.h"

#include <gtest/gtest.h>

#include "testing/result_matchers.h"

namespace hallmark::hash {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::IsOkWith;
using ::testing::HasSubstr;

constexpr std::string_view kHex =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(AlgorithmTest, ReadsItsOwnNames) {
  for (const Algorithm algorithm : kAlgorithms) {
    EXPECT_THAT(parse_algorithm(to_string(algorithm)), IsOkWith(algorithm));
    EXPECT_LE(digest_size(algorithm), kLongestDigest);
  }
}

TEST(AlgorithmTest, ReadsRegisteredNamesOnly) {
  for (const Algorithm algorithm : {Algorithm::kSha256, Algorithm::kBlake2b, Algorithm::kBlake3}) {
    EXPECT_TRUE(is_registered(algorithm));
    EXPECT_THAT(parse_registered_algorithm(to_string(algorithm)), IsOkWith(algorithm));
  }
  for (const Algorithm algorithm : {Algorithm::kSha384, Algorithm::kSha512}) {
    EXPECT_FALSE(is_registered(algorithm));
    EXPECT_THAT(parse_registered_algorithm(to_string(algorithm)),
                FailsWith(Code::kHashAlgorithmUnsupported,
                          HasSubstr("one of the hash algorithms sha256, blake2b, blake3, found")));
  }
}

TEST(AlgorithmTest, RefusesOtherNames) {
  for (const std::string_view name :
       {"", "SHA256", "sha-256", "md5", "sha256 ", "blake2", "blake2b\x1b"}) {
    EXPECT_THAT(parse_algorithm(name), HasCode(Code::kHashAlgorithmUnsupported)) << name;
  }
}

TEST(DigestTest, ReadsWhatItWrites) {
  const auto digest = Digest::parse_hex(Algorithm::kSha256, kHex);
  ASSERT_THAT(digest, IsOk());
  EXPECT_EQ(digest->hex(), kHex);
  EXPECT_EQ(digest->to_string(), "sha256:" + std::string(kHex));
}

TEST(DigestTest, RefusesHexThatIsNotOneLowerCaseDigest) {
  std::string upper(kHex);
  upper[0] = 'B';
  std::string blank(kHex);
  blank[63] = ' ';
  const std::string longer = std::string(kHex) + "00";
  for (const std::string& text :
       {std::string(), std::string(kHex.substr(1)), upper, blank, longer}) {
    EXPECT_THAT(Digest::parse_hex(Algorithm::kSha256, text), HasCode(Code::kDigestMalformed))
        << text;
  }
}

TEST(DigestTest, ReadsDigestsOfEveryLength) {
  for (const Algorithm algorithm : kAlgorithms) {
    const std::string hex(digest_size(algorithm) * 2, 'a');
    const auto digest = Digest::parse_hex(algorithm, hex);
    ASSERT_THAT(digest, IsOk());
    EXPECT_EQ(digest->hex(), hex);
    EXPECT_THAT(Digest::parse_hex(algorithm, hex + "aa"), HasCode(Code::kDigestMalformed));
  }
}

TEST(DigestTest, DigestsOfDifferentFunctionsAreNeverEqual) {
  const Bytes bytes(32);
  EXPECT_FALSE(*Digest::create(Algorithm::kSha256, bytes) ==
               *Digest::create(Algorithm::kBlake3, bytes));
}

TEST(DigestTest, RefusesBytesOfAnotherLength) {
  EXPECT_THAT(Digest::create(Algorithm::kSha256, Bytes(31)), HasCode(Code::kDigestMalformed));
}

}  // namespace
}  // namespace hallmark::hash

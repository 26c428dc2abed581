#include "hallmark/hash/hasher.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace hallmark::hash {
namespace {

struct KnownAnswer {
  Algorithm algorithm;
  std::string_view message;
  std::string_view hex;
};

constexpr std::string_view kTwoBlocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

// FIPS 180-4 examples; RFC 7693 appendix A; the BLAKE3 paper's test vector for the empty message,
// and what b3sum says of "abc".
const KnownAnswer kKnownAnswers[] = {
    {Algorithm::kSha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {Algorithm::kSha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {Algorithm::kSha256, kTwoBlocks,
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {Algorithm::kSha384, "abc",
     "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
     "8086072ba1e7cc2358baeca134c825a7"},
    {Algorithm::kSha512, "abc",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
     "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"},
    {Algorithm::kBlake2b, "abc",
     "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
     "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923"},
    {Algorithm::kBlake3, "", "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"},
    {Algorithm::kBlake3, "abc", "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85"},
};

TEST(HasherTest, GivesThePublishedDigests) {
  for (const KnownAnswer& c : kKnownAnswers) {
    EXPECT_EQ(hash_bytes(c.algorithm, bytes_of(c.message)).hex(), c.hex)
        << to_string(c.algorithm) << " of '" << c.message << "'";
  }
}

TEST(HasherTest, GivesDigestsOfTheAlgorithmsLength) {
  for (const Algorithm algorithm : kAlgorithms) {
    const Digest digest = hash_bytes(algorithm, {});
    EXPECT_EQ(digest.algorithm(), algorithm);
    EXPECT_EQ(digest.bytes().size(), digest_size(algorithm));
  }
}

TEST(HasherTest, StartsAfreshAfterFinish) {
  for (const Algorithm algorithm : kAlgorithms) {
    Hasher hasher(algorithm);
    hasher.update(Bytes(5000));
    hasher.finish();
    hasher.update(bytes_of("abc"));
    EXPECT_EQ(hasher.finish(), hash_bytes(algorithm, bytes_of("abc"))) << to_string(algorithm);
  }
}

TEST(HasherTest, CanBeMoved) {
  for (const Algorithm algorithm : kAlgorithms) {
    Hasher first(algorithm);
    first.update(bytes_of("a"));
    Hasher second = std::move(first);
    second.update(bytes_of("bc"));
    EXPECT_EQ(second.finish(), hash_bytes(algorithm, bytes_of("abc"))) << to_string(algorithm);
  }
}

RC_GTEST_PROP(HasherTest, DoesNotCareHowTheMessageIsCut, ()) {
  const auto algorithm =
      *rc::gen::elementOf(std::vector<Algorithm>(kAlgorithms.begin(), kAlgorithms.end()));
  const auto pieces = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange(0, 3000));
  Hasher hasher(algorithm);
  Bytes message;
  for (const std::size_t size : pieces) {
    const Bytes piece(size, static_cast<std::uint8_t>(message.size()));
    hasher.update(piece);
    message.insert(message.end(), piece.begin(), piece.end());
  }
  RC_ASSERT(hasher.finish() == hash_bytes(algorithm, message));
}

}  // namespace
}  // namespace hallmark::hash

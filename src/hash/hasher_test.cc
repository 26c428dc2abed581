#include "hallmark/hash/hasher.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace hallmark::hash {
namespace {

// FIPS 180-4 examples, as published with the standard.
TEST(HasherTest, GivesThePublishedDigests) {
  struct Case {
    std::string_view message;
    std::string_view hex;
  };
  const Case cases[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(hash_bytes(Algorithm::kSha256, bytes_of(c.message)).hex(), c.hex) << c.message;
  }
}

TEST(HasherTest, StartsAfreshAfterFinish) {
  Hasher hasher(Algorithm::kSha256);
  hasher.update(bytes_of("first"));
  hasher.finish();
  hasher.update(bytes_of("abc"));
  EXPECT_EQ(hasher.finish(), hash_bytes(Algorithm::kSha256, bytes_of("abc")));
}

RC_GTEST_PROP(HasherTest, DoesNotCareHowTheMessageIsCut, (const Bytes& message, std::size_t seed)) {
  const std::size_t cut = message.empty() ? 0 : seed % message.size();
  Hasher hasher(Algorithm::kSha256);
  hasher.update(ByteView(message).first(cut));
  hasher.update(ByteView(message).subspan(cut));
  RC_ASSERT(hasher.finish() == hash_bytes(Algorithm::kSha256, message));
}

}  // namespace
}  // namespace hallmark::hash

#include "hallmark/hash/hmac.h"

#include <string>

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "hallmark/base/hex.h"

namespace hallmark::hash {
namespace {

std::string code_of(std::string_view key, std::string_view message) {
  return base::encode_hex(hmac_sha256(bytes_of(key), bytes_of(message)));
}

// RFC 4231 sections 4.2 and 4.3.
TEST(HmacTest, IsThatOfTheStandard) {
  EXPECT_EQ(code_of(std::string(20, '\x0b'), "Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(code_of("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(HmacTest, IsThatOfLibcryptoForEveryLengthOfKey) {
  const std::string message(1000, 'm');
  for (std::size_t size = 1; size <= 64; ++size) {
    const std::string key(size, 'k');
    MessageCode expected{};
    unsigned length = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(message).data(),
         message.size(), expected.data(), &length);
    EXPECT_EQ(hmac_sha256(bytes_of(key), bytes_of(message)), expected) << size;
  }
}

TEST(HmacTest, ComparesEveryByte) {
  const MessageCode code = hmac_sha256(bytes_of("key"), bytes_of("message"));
  EXPECT_TRUE(same_code(code, code));
  for (std::size_t i = 0; i < code.size(); ++i) {
    MessageCode other = code;
    other[i] ^= 1;
    EXPECT_FALSE(same_code(code, other));
  }
}

}  // namespace
}  // namespace hallmark::hash

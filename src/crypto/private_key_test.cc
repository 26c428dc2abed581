#include <algorithm>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/base/hex.h"
#include "hallmark/base/pem.h"
#include "hallmark/crypto/key.h"
#include "hallmark/crypto/signature.h"
#include "testing/crypto_data.h"

namespace hallmark::crypto {
namespace {

using testing::HasSubstr;
using testing::Not;

// Gives one passphrase, or none, and counts how often it was asked.
class FixedPassphrase final : public PassphraseSource {
 public:
  FixedPassphrase() = default;
  explicit FixedPassphrase(std::string text) : text_(std::move(text)) {}

  Result<base::Secret> passphrase() override {
    ++times_asked_;
    if (!text_) return fail(Code::kPassphraseRequired, "nobody to ask");
    return base::Secret(std::string(*text_));
  }
  [[nodiscard]] int times_asked() const { return times_asked_; }

 private:
  std::optional<std::string> text_;
  int times_asked_ = 0;
};

Result<PrivateKey> parse(const std::string& name, PassphraseSource& source) {
  return PrivateKey::parse_pem(base::Secret(test_data("keys/" + name + ".pem")), source);
}

Result<PrivateKey> parse(const std::string& name) {
  FixedPassphrase none;
  auto key = parse(name, none);
  EXPECT_EQ(none.times_asked(), 0) << name;
  return key;
}

class PrivateKeyOfCurveTest : public testing::TestWithParam<const char*> {
 protected:
  static std::string curve() { return GetParam(); }
  static PublicKey expected() { return test_key(curve() + "_public"); }
};

TEST_P(PrivateKeyOfCurveTest, ReadsSec1) {
  EXPECT_EQ(parse(curve() + "_sec1")->public_key(), expected());
}

TEST_P(PrivateKeyOfCurveTest, ReadsPkcs8) {
  EXPECT_EQ(parse(curve() + "_pkcs8")->public_key(), expected());
  EXPECT_EQ(parse(curve() + "_pkcs8")->type(), expected().type());
}

TEST_P(PrivateKeyOfCurveTest, ReadsEncryptedPkcs8) {
  FixedPassphrase right("correct");
  EXPECT_EQ(parse(curve() + "_pkcs8_encrypted", right)->public_key(), expected());
  EXPECT_EQ(right.times_asked(), 1);
}

TEST_P(PrivateKeyOfCurveTest, RefusesWrongPassphrase) {
  FixedPassphrase wrong("incorrect");
  EXPECT_FAILS_WITH(parse(curve() + "_pkcs8_encrypted", wrong), kPassphraseWrong);
  EXPECT_EQ(wrong.times_asked(), 1);
}

TEST_P(PrivateKeyOfCurveTest, GeneratesAndReadsBackPlainAndEncrypted) {
  const PrivateKey key = PrivateKey::generate(expected().type()).value();
  EXPECT_EQ(key.type(), expected().type());
  FixedPassphrase none;
  const base::Secret plain = key.to_pem(nullptr).value();
  EXPECT_EQ(PrivateKey::parse_pem(plain, none)->public_key(), key.public_key());
  FixedPassphrase right("p");
  const base::Secret passphrase("p");
  const base::Secret encrypted = key.to_pem(&passphrase).value();
  EXPECT_EQ(PrivateKey::parse_pem(encrypted, right)->public_key(), key.public_key());
}

INSTANTIATE_TEST_SUITE_P(Curves, PrivateKeyOfCurveTest, testing::Values("p256", "p384", "p521"));

TEST(PrivateKeyTest, SkipsCurveParametersBeforeTheKey) {
  EXPECT_EQ(parse("p256_with_parameters")->public_key(), test_key("p256_public"));
}

TEST(PrivateKeyTest, ReadsSec1EncryptedByHeaders) {
  FixedPassphrase right("correct");
  EXPECT_EQ(parse("p256_sec1_encrypted", right)->public_key(), test_key("p256_public"));
  EXPECT_EQ(right.times_asked(), 1);
}

TEST(PrivateKeyTest, RefusesEveryWrongPassphraseOfSec1) {
  // Some of so many wrong passphrases leave a padding that looks right.
  for (int i = 0; i < 1000; ++i) {
    FixedPassphrase wrong("wrong " + std::to_string(i));
    EXPECT_FAILS_WITH(parse("p256_sec1_encrypted", wrong), kPassphraseWrong);
  }
}

TEST(PrivateKeyTest, PassesOnThatNoPassphraseIsThere) {
  for (const char* name : {"p256_sec1_encrypted", "p256_pkcs8_encrypted"}) {
    FixedPassphrase none;
    const auto key = parse(name, none);
    ASSERT_FALSE(key.has_value());
    EXPECT_EQ(key.error().code, Code::kPassphraseRequired);
    EXPECT_EQ(key.error().message, "nobody to ask");
  }
}

TEST(PrivateKeyTest, EmptyPassphraseIsWrongHere) {
  for (const char* name : {"p256_sec1_encrypted", "p256_pkcs8_encrypted"}) {
    FixedPassphrase empty("");
    EXPECT_FAILS_WITH(parse(name, empty), kPassphraseWrong);
  }
}

TEST(PrivateKeyTest, RefusesPassphraseTooLongForHeaders) {
  FixedPassphrase endless(std::string(5000, 'x'));
  EXPECT_FAILS_WITH(parse("p256_sec1_encrypted", endless), kPassphraseWrong);
}

TEST(PrivateKeyTest, NoMessageHoldsThePassphrase) {
  FixedPassphrase wrong("sesame");
  EXPECT_THAT(parse("p256_pkcs8_encrypted", wrong).error().message, Not(HasSubstr("sesame")));
  EXPECT_THAT(parse("p256_sec1_encrypted", wrong).error().message, Not(HasSubstr("sesame")));
}

TEST(PrivateKeyTest, RefusesUnknownEncryption) {
  FixedPassphrase right("correct");
  EXPECT_FAILS_WITH(parse("p256_pkcs8_rc2", right), kKeyUnsupported);
  EXPECT_FAILS_WITH(parse("p256_sec1_unknown_cipher", right), kKeyUnsupported);
}

TEST(PrivateKeyTest, RefusesHalvesThatDoNotBelongTogether) {
  EXPECT_FAILS_WITH(parse("p256_mismatched"), kKeyMalformed);
}

TEST(PrivateKeyTest, RefusesNumberOutOfRange) {
  // One more than the order of P-256, with the point that belongs to 1 (SEC 2 section 2.4.2).
  const Bytes sec1 = base::decode_hex(
                         "307702010104"
                         "20ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632552"
                         "a00a06082a8648ce3d030107a144034200"
                         "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                         "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")
                         .value();
  FixedPassphrase none;
  const base::Secret pem(base::encode_pem("EC PRIVATE KEY", sec1));
  EXPECT_FAILS_WITH(PrivateKey::parse_pem(pem, none), kKeyMalformed);
}

TEST(PrivateKeyTest, RefusesUnknownAlgorithmInPkcs8) {
  auto blocks = base::parse_pem(test_data("keys/p256_pkcs8.pem")).value();
  Bytes& der = blocks[0].contents;
  const Bytes id_ec_public_key = {0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01};
  const auto found =
      std::search(der.begin(), der.end(), id_ec_public_key.begin(), id_ec_public_key.end());
  ASSERT_NE(found, der.end());
  found[6] = 0x7f;
  FixedPassphrase none;
  const base::Secret pem(base::encode_pem("PRIVATE KEY", der));
  EXPECT_FAILS_WITH(PrivateKey::parse_pem(pem, none), kKeyUnsupported);
}

TEST(PrivateKeyTest, RefusesOtherCurves) {
  EXPECT_FAILS_WITH(parse("secp224r1"), kKeyUnsupported);
  EXPECT_FAILS_WITH(parse("secp256k1"), kKeyUnsupported);
  EXPECT_FAILS_WITH(parse("explicit"), kKeyUnsupported);
}

TEST(PrivateKeyTest, RefusesOtherAlgorithms) {
  EXPECT_FAILS_WITH(parse("rsa2048"), kKeyUnsupported);
  EXPECT_FAILS_WITH(parse("rsa2048_pkcs1"), kKeyUnsupported);
  EXPECT_FAILS_WITH(parse("ed25519"), kKeyUnsupported);
  EXPECT_FAILS_WITH(parse("x25519"), kKeyUnsupported);
}

TEST(PrivateKeyTest, RefusesTextWithoutExactlyOnePrivateKey) {
  EXPECT_FAILS_WITH(parse("two_private"), kKeyMalformed);
  EXPECT_FAILS_WITH(parse("p256_public"), kKeyMalformed);
  FixedPassphrase none;
  EXPECT_FAILS_WITH(PrivateKey::parse_pem(base::Secret("text"), none), kKeyMalformed);
}

TEST(PrivateKeyTest, RefusesBlocksWithBytesAfterTheKey) {
  for (const char* name : {"p256_sec1", "p256_pkcs8", "p256_pkcs8_encrypted"}) {
    auto blocks = base::parse_pem(test_data(std::string("keys/") + name + ".pem")).value();
    blocks[0].contents.push_back(0);
    FixedPassphrase right("correct");
    const base::Secret pem(base::encode_pem(blocks[0].label, blocks[0].contents));
    EXPECT_FAILS_WITH(PrivateKey::parse_pem(pem, right), kKeyMalformed);
    EXPECT_EQ(right.times_asked(), 0);
  }
}

TEST(PrivateKeyTest, RefusesBlocksThatHoldNoKey) {
  const Bytes null_value = {0x05, 0x00};
  for (const char* label : {"EC PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}) {
    FixedPassphrase none;
    const base::Secret pem(base::encode_pem(label, null_value));
    EXPECT_FAILS_WITH(PrivateKey::parse_pem(pem, none), kKeyMalformed);
    EXPECT_EQ(none.times_asked(), 0);
  }
}

TEST(PrivateKeyTest, GeneratesNothingButCurveKeys) {
  EXPECT_FAILS_WITH(PrivateKey::generate(KeyType::kRsa), kKeyUnsupported);
  EXPECT_FAILS_WITH(PrivateKey::generate(KeyType::kEd25519), kKeyUnsupported);
}

TEST(PrivateKeyTest, GeneratesADifferentKeyEachTime) {
  EXPECT_FALSE(PrivateKey::generate(KeyType::kP256)->public_key() ==
               PrivateKey::generate(KeyType::kP256)->public_key());
}

TEST(PrivateKeyTest, EncryptsWithPbkdf2Sha256AndAes256) {
  const base::Secret passphrase("p");
  const base::Secret pem = parse("p256_sec1")->to_pem(&passphrase).value();
  const auto blocks = base::parse_pem(pem.expose_secret()).value();
  EXPECT_EQ(blocks[0].label, "ENCRYPTED PRIVATE KEY");
  const std::string der(text_of(blocks[0].contents));
  // OIDs: PBES2, PBKDF2, hmacWithSHA256, aes256-CBC.
  EXPECT_THAT(der, HasSubstr("\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d"));
  EXPECT_THAT(der, HasSubstr("\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0c"));
  EXPECT_THAT(der, HasSubstr("\x2a\x86\x48\x86\xf7\x0d\x02\x09"));
  EXPECT_THAT(der, HasSubstr("\x60\x86\x48\x01\x65\x03\x04\x01\x2a"));
}

TEST(PrivateKeyTest, WritesPlainPkcs8AsOpensslDoes) {
  const base::Secret pem = parse("p256_sec1")->to_pem(nullptr).value();
  EXPECT_EQ(pem.expose_secret(), test_data("keys/p256_pkcs8.pem"));
}

}  // namespace
}  // namespace hallmark::crypto

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/base/pem.h"
#include "hallmark/crypto/key.h"
#include "testing/crypto_data.h"

namespace hallmark::crypto {
namespace {

using testing::HasSubstr;

Result<PublicKey> parse(const std::string& name) {
  return PublicKey::parse_pem(test_data("keys/" + name + ".pem"));
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

Bytes spki_of(const std::string& name) {
  return base::parse_pem(test_data("keys/" + name + ".pem"))->front().contents;
}

TEST(PublicKeyTest, ReadsAllTypes) {
  EXPECT_EQ(test_key("p256_public").type(), KeyType::kP256);
  EXPECT_EQ(test_key("p384_public").type(), KeyType::kP384);
  EXPECT_EQ(test_key("p521_public").type(), KeyType::kP521);
  EXPECT_EQ(test_key("rsa2048_public").type(), KeyType::kRsa);
  EXPECT_EQ(test_key("ed25519_public").type(), KeyType::kEd25519);
}

TEST(PublicKeyTest, NamesTypes) {
  EXPECT_EQ(to_string(KeyType::kP256), "P-256");
  EXPECT_EQ(to_string(KeyType::kP384), "P-384");
  EXPECT_EQ(to_string(KeyType::kP521), "P-521");
  EXPECT_EQ(to_string(KeyType::kRsa), "RSA");
  EXPECT_EQ(to_string(KeyType::kEd25519), "Ed25519");
}

TEST(PublicKeyTest, WritesTheSameSpkiAndPemAsOpenssl) {
  for (const char* name : {"p256_public", "p521_public", "rsa2048_public", "ed25519_public"}) {
    EXPECT_EQ(test_key(name).encode_spki(), spki_of(name)) << name;
    EXPECT_EQ(test_key(name).to_pem(), test_data(std::string("keys/") + name + ".pem"));
  }
}

TEST(PublicKeyTest, HintIsTheHashOfThePemText) {
  for (const char* name : {"p256_public", "p384_public", "p521_public"}) {
    EXPECT_EQ(test_key(name).hint(), first_line(test_data(std::string("keys/") + name + ".hint")));
  }
}

TEST(PublicKeyTest, HintIgnoresTextBeforeTheBlock) {
  EXPECT_EQ(test_key("p256_public_with_text").hint(), test_key("p256_public").hint());
}

TEST(PublicKeyTest, CompressedPointIsTheSameKey) {
  const PublicKey compressed = test_key("p256_public_compressed");
  EXPECT_NE(spki_of("p256_public_compressed"), spki_of("p256_public"));
  EXPECT_EQ(compressed, test_key("p256_public"));
  EXPECT_EQ(compressed.to_pem(), test_data("keys/p256_public.pem"));
}

TEST(PublicKeyTest, DifferentKeysAreNotEqual) {
  EXPECT_FALSE(test_key("p256_public") == test_key("p384_public"));
}

TEST(PublicKeyTest, RefusesHybridPoint) {
  EXPECT_FAILS_WITH(parse("p256_public_hybrid"), kKeyMalformed);
}

TEST(PublicKeyTest, RefusesPointOffTheCurve) {
  EXPECT_FAILS_WITH(parse("p256_off_curve"), kKeyMalformed);
}

TEST(PublicKeyTest, RefusesPointAtInfinity) {
  Bytes spki = spki_of("p256_public");
  spki.resize(27);
  spki[1] = 25;  // The outer SEQUENCE.
  spki[24] = 2;  // The BIT STRING: no unused bits, and
  spki[26] = 0;  // the one byte that stands for infinity (SEC 1 section 2.3.3).
  EXPECT_FAILS_WITH(PublicKey::decode_spki(spki), kKeyMalformed);
}

TEST(PublicKeyTest, RefusesCurveOutsideTheThree) {
  EXPECT_FAILS_WITH(parse("secp224r1_public"), kKeyUnsupported);
  EXPECT_FAILS_WITH(parse("secp256k1_public"), kKeyUnsupported);
  EXPECT_THAT(parse("secp256k1_public").error().message, HasSubstr("secp256k1"));
}

TEST(PublicKeyTest, RefusesExplicitCurveParameters) {
  EXPECT_FAILS_WITH(parse("explicit_public"), kKeyUnsupported);
  EXPECT_THAT(parse("explicit_public").error().message, HasSubstr("explicit"));
}

TEST(PublicKeyTest, RefusesOtherAlgorithms) {
  EXPECT_FAILS_WITH(parse("dsa_public"), kKeyUnsupported);
  EXPECT_FAILS_WITH(parse("x25519_public"), kKeyUnsupported);
  EXPECT_FAILS_WITH(parse("rsa_pss_public"), kKeyUnsupported);
}

TEST(PublicKeyTest, RefusesRsaKeyOfWrongLength) {
  EXPECT_FAILS_WITH(parse("rsa1024_public"), kKeyUnsupported);
  EXPECT_FAILS_WITH(parse("rsa16385_public"), kKeyUnsupported);
  EXPECT_THAT(parse("rsa1024_public").error().message, HasSubstr("found 1024"));
}

TEST(PublicKeyTest, RefusesRsaExponentThatIsEvenOrOne) {
  EXPECT_FAILS_WITH(parse("rsa_exponent_even_public"), kKeyUnsupported);
  EXPECT_FAILS_WITH(parse("rsa_exponent_one_public"), kKeyUnsupported);
}

TEST(PublicKeyTest, RefusesEd25519PointOfSmallOrder) {
  Bytes spki = spki_of("ed25519_public");
  std::fill(spki.end() - 32, spki.end(), std::uint8_t{0});
  EXPECT_FAILS_WITH(PublicKey::decode_spki(spki), kKeyMalformed);
}

TEST(PublicKeyTest, RefusesEd25519PointOfWrongLength) {
  Bytes spki = spki_of("ed25519_public");
  spki.pop_back();
  --spki[1];
  --spki[10];
  EXPECT_FAILS_WITH(PublicKey::decode_spki(spki), kKeyMalformed);
}

TEST(PublicKeyTest, RefusesBytesAfterTheSpki) {
  Bytes spki = spki_of("p256_public");
  spki.push_back(0);
  EXPECT_FAILS_WITH(PublicKey::decode_spki(spki), kKeyMalformed);
}

TEST(PublicKeyTest, RefusesEveryTruncation) {
  const Bytes spki = spki_of("p256_public");
  for (std::size_t size = 0; size < spki.size(); ++size) {
    EXPECT_FAILS_WITH(PublicKey::decode_spki(ByteView(spki).first(size)), kKeyMalformed);
  }
}

TEST(PublicKeyTest, RefusesPemWithoutExactlyOnePublicKey) {
  EXPECT_FAILS_WITH(parse("two_public"), kKeyMalformed);
  EXPECT_FAILS_WITH(parse("p256_sec1"), kKeyMalformed);
  EXPECT_FAILS_WITH(PublicKey::parse_pem("no block"), kKeyMalformed);
  EXPECT_FAILS_WITH(PublicKey::parse_pem(""), kKeyMalformed);
}

TEST(PublicKeyTest, RefusesPemWithHeaders) {
  std::string pem = test_data("keys/p256_public.pem");
  pem.insert(pem.find('\n') + 1, "Comment: none\n\n");
  EXPECT_FAILS_WITH(PublicKey::parse_pem(pem), kKeyMalformed);
}

}  // namespace
}  // namespace hallmark::crypto

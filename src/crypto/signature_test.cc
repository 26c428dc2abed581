#include "hallmark/crypto/signature.h"

#include <gtest/gtest.h>

#include "hallmark/base/hex.h"
#include "testing/crypto_data.h"

namespace hallmark::crypto {
namespace {

struct Vector {
  const char* key;
  SignatureScheme scheme;
  const char* signature;
};

// Made by the openssl command line.
constexpr Vector kVectors[] = {
    {"p256_public", SignatureScheme::kEcdsaSha256, "p256_sha256"},
    {"p384_public", SignatureScheme::kEcdsaSha384, "p384_sha384"},
    {"p521_public", SignatureScheme::kEcdsaSha512, "p521_sha512"},
    {"p384_public", SignatureScheme::kEcdsaSha256, "p384_sha256"},
    {"rsa2048_public", SignatureScheme::kRsaPkcs1Sha256, "rsa2048_sha256"},
    {"ed25519_public", SignatureScheme::kEd25519, "ed25519"},
};

Bytes bytes_from(const std::string& text) {
  const ByteView view = bytes_of(text);
  return {view.begin(), view.end()};
}

Bytes message() { return bytes_from(test_data("signatures/message.txt")); }

Bytes signature(const std::string& name) {
  return bytes_from(test_data("signatures/" + name + ".sig"));
}

class SignatureVectorTest : public testing::TestWithParam<Vector> {};

TEST_P(SignatureVectorTest, AcceptsSignatureOfOpenssl) {
  const auto [key, scheme, name] = GetParam();
  EXPECT_TRUE(check_signature(test_key(key), scheme, message(), signature(name)).has_value());
}

TEST_P(SignatureVectorTest, RefusesEveryMutationOfTheSignature) {
  const auto [key_name, scheme, name] = GetParam();
  const PublicKey key = test_key(key_name);
  const Bytes original = signature(name);
  for (std::size_t i = 0; i < original.size(); ++i) {
    Bytes mutated = original;
    mutated[i] ^= static_cast<std::uint8_t>(1U << (i % 8));
    EXPECT_FAILS_WITH(check_signature(key, scheme, message(), mutated), kSignatureInvalid);
  }
}

TEST_P(SignatureVectorTest, RefusesOtherMessage) {
  const auto [key, scheme, name] = GetParam();
  Bytes other = message();
  other[0] ^= 1;
  EXPECT_FAILS_WITH(check_signature(test_key(key), scheme, other, signature(name)),
                    kSignatureInvalid);
  EXPECT_FAILS_WITH(check_signature(test_key(key), scheme, {}, signature(name)), kSignatureInvalid);
}

TEST_P(SignatureVectorTest, RefusesSignatureOfOtherLength) {
  const auto [key, scheme, name] = GetParam();
  Bytes longer = signature(name);
  longer.push_back(0);
  EXPECT_FAILS_WITH(check_signature(test_key(key), scheme, message(), longer), kSignatureInvalid);
  Bytes shorter = signature(name);
  shorter.pop_back();
  EXPECT_FAILS_WITH(check_signature(test_key(key), scheme, message(), shorter), kSignatureInvalid);
  EXPECT_FAILS_WITH(check_signature(test_key(key), scheme, message(), {}), kSignatureInvalid);
}

INSTANTIATE_TEST_SUITE_P(Openssl, SignatureVectorTest, testing::ValuesIn(kVectors),
                         [](const auto& test) { return test.param.signature; });

// The signature with its outer SEQUENCE's length in the long form of BER.
Bytes with_long_length(Bytes der) {
  der.insert(der.begin() + 1, 0x81);
  return der;
}

// The signature with one more leading zero before r.
Bytes with_padded_r(Bytes der) {
  der.insert(der.begin() + 4, 0);
  ++der[1];
  ++der[3];
  return der;
}

TEST(EcdsaSpellingTest, RefusesBer) {
  for (const Bytes& spelling :
       {with_long_length(signature("p256_sha256")), with_padded_r(signature("p256_sha256"))}) {
    EXPECT_FAILS_WITH(check_signature(test_key("p256_public"), SignatureScheme::kEcdsaSha256,
                                      message(), spelling),
                      kSignatureInvalid);
  }
}

TEST(EcdsaSpellingTest, SaysThatBerIsTheFault) {
  const auto checked = check_signature(test_key("p256_public"), SignatureScheme::kEcdsaSha256,
                                       message(), with_long_length(signature("p256_sha256")));
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(checked.error().message, "the ECDSA signature is not in canonical DER");
}

TEST(EcdsaSpellingTest, RefusesZeros) {
  const Bytes zeros = {0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00};
  EXPECT_FAILS_WITH(
      check_signature(test_key("p256_public"), SignatureScheme::kEcdsaSha256, message(), zeros),
      kSignatureInvalid);
}

TEST(RsaSignatureTest, RefusesPssPadding) {
  EXPECT_FAILS_WITH(check_signature(test_key("rsa2048_public"), SignatureScheme::kRsaPkcs1Sha256,
                                    message(), signature("rsa2048_pss")),
                    kSignatureInvalid);
}

TEST(SignatureTest, RefusesOtherHashOfTheSameCurve) {
  EXPECT_FAILS_WITH(check_signature(test_key("p384_public"), SignatureScheme::kEcdsaSha384,
                                    message(), signature("p384_sha256")),
                    kSignatureInvalid);
}

// RFC 8032 section 7.3.
struct Ed25519phVector {
  PublicKey key;
  Bytes signature;
};

Ed25519phVector rfc8032_vector() {
  const Bytes spki = base::decode_hex(
                         "302a300506032b6570032100"
                         "ec172b93ad5e563bf4932c70e1245034"
                         "c35467ef2efd4d64ebf819683467e2bf")
                         .value();
  return {PublicKey::decode_spki(spki).value(), base::decode_hex("98a70222f0b8121aa9d30f813d683f80"
                                                                 "9e462b469c7ff87639499bb94e6dae41"
                                                                 "31f85042463c2a355a2003d062adf5aa"
                                                                 "a10b8c61e636062aaad11c2a26083406")
                                                    .value()};
}

TEST(Ed25519phTest, AcceptsVectorOfRfc8032) {
  const auto [key, signature] = rfc8032_vector();
  EXPECT_TRUE(
      check_signature(key, SignatureScheme::kEd25519ph, bytes_of("abc"), signature).has_value());
}

TEST(Ed25519phTest, RefusesEveryMutation) {
  const auto [key, signature] = rfc8032_vector();
  for (std::size_t i = 0; i < signature.size(); ++i) {
    Bytes mutated = signature;
    mutated[i] ^= static_cast<std::uint8_t>(1U << (i % 8));
    EXPECT_FAILS_WITH(check_signature(key, SignatureScheme::kEd25519ph, bytes_of("abc"), mutated),
                      kSignatureInvalid);
  }
  EXPECT_FAILS_WITH(check_signature(key, SignatureScheme::kEd25519ph, bytes_of("abd"), signature),
                    kSignatureInvalid);
}

TEST(Ed25519phTest, RefusesOtherLengths) {
  const auto [key, signature] = rfc8032_vector();
  Bytes longer = signature;
  longer.push_back(0);
  EXPECT_FAILS_WITH(check_signature(key, SignatureScheme::kEd25519ph, bytes_of("abc"), longer),
                    kSignatureInvalid);
  EXPECT_FAILS_WITH(check_signature(key, SignatureScheme::kEd25519ph, bytes_of("abc"), {}),
                    kSignatureInvalid);
}

TEST(Ed25519phTest, IsNotPureEd25519) {
  const auto [key, signature] = rfc8032_vector();
  EXPECT_FAILS_WITH(check_signature(key, SignatureScheme::kEd25519, bytes_of("abc"), signature),
                    kSignatureInvalid);
}

TEST(SignatureSchemeTest, FollowsTheKey) {
  EXPECT_EQ(scheme_for_key(KeyType::kP256), SignatureScheme::kEcdsaSha256);
  EXPECT_EQ(scheme_for_key(KeyType::kP384), SignatureScheme::kEcdsaSha384);
  EXPECT_EQ(scheme_for_key(KeyType::kP521), SignatureScheme::kEcdsaSha512);
  EXPECT_EQ(scheme_for_key(KeyType::kRsa), SignatureScheme::kRsaPkcs1Sha256);
  EXPECT_EQ(scheme_for_key(KeyType::kEd25519), SignatureScheme::kEd25519ph);
  EXPECT_EQ(scheme_for_certificate(KeyType::kEd25519), SignatureScheme::kEd25519);
  EXPECT_EQ(scheme_for_certificate(KeyType::kP384), SignatureScheme::kEcdsaSha384);
}

TEST(SignatureSchemeTest, NamesAreStable) {
  EXPECT_EQ(to_string(SignatureScheme::kEcdsaSha256), "ecdsa-sha2-256");
  EXPECT_EQ(to_string(SignatureScheme::kEcdsaSha384), "ecdsa-sha2-384");
  EXPECT_EQ(to_string(SignatureScheme::kEcdsaSha512), "ecdsa-sha2-512");
  EXPECT_EQ(to_string(SignatureScheme::kRsaPkcs1Sha256), "rsa-pkcs1-sha2-256");
  EXPECT_EQ(to_string(SignatureScheme::kEd25519), "ed25519");
  EXPECT_EQ(to_string(SignatureScheme::kEd25519ph), "ed25519-ph");
}

TEST(SignatureSchemeTest, RefusesSchemeThatTheKeyCannotHave) {
  const auto check = [](const char* key, SignatureScheme scheme) {
    return check_signature(test_key(key), scheme, {}, {});
  };
  EXPECT_FAILS_WITH(check("rsa2048_public", SignatureScheme::kEcdsaSha256), kKeyUnsupported);
  EXPECT_FAILS_WITH(check("ed25519_public", SignatureScheme::kEcdsaSha512), kKeyUnsupported);
  EXPECT_FAILS_WITH(check("p256_public", SignatureScheme::kRsaPkcs1Sha256), kKeyUnsupported);
  EXPECT_FAILS_WITH(check("p256_public", SignatureScheme::kEd25519), kKeyUnsupported);
  EXPECT_FAILS_WITH(check("rsa2048_public", SignatureScheme::kEd25519ph), kKeyUnsupported);
}

TEST(PrivateKeySignerTest, MakesSignaturesThatVerify) {
  for (const KeyType type : {KeyType::kP256, KeyType::kP384, KeyType::kP521}) {
    PrivateKeySigner signer(PrivateKey::generate(type).value());
    const Bytes signature = signer.sign(message()).value();
    EXPECT_TRUE(check_signature(signer.public_key(), scheme_for_key(type), message(), signature)
                    .has_value());
    EXPECT_FAILS_WITH(check_signature(signer.public_key(), scheme_for_key(type), {}, signature),
                      kSignatureInvalid);
  }
}

TEST(PrivateKeySignerTest, SignsTheEmptyMessage) {
  PrivateKeySigner signer(PrivateKey::generate(KeyType::kP256).value());
  const Bytes signature = signer.sign({}).value();
  EXPECT_TRUE(check_signature(signer.public_key(), SignatureScheme::kEcdsaSha256, {}, signature)
                  .has_value());
}

}  // namespace
}  // namespace hallmark::crypto

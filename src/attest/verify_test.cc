#include "hallmark/attest/verify.h"

#include <gtest/gtest.h>

#include "hallmark/base/base64.h"
#include "testing/result_matchers.h"
#include "testing/signing_keys.h"

namespace hallmark::attest {
namespace {

using hallmark::testing::bundle;
using hallmark::testing::certificate;
using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::kTestTime;
using hallmark::testing::public_key;
using hallmark::testing::test_anchors;
using ::testing::HasSubstr;

constexpr std::string_view kKeyTypes[] = {"p256", "p384", "p521", "rsa", "ed25519"};

Result<VerifiedStatement> with_key(const Bundle& signed_bundle, const std::string& key) {
  base::CollectingLog log;
  return verify_with_key(signed_bundle, public_key(key), log);
}

Result<VerifiedStatement> with_root(const Bundle& signed_bundle, base::UnixTime at = kTestTime,
                                    std::optional<std::string> identity = std::nullopt) {
  base::CollectingLog log;
  return verify_with_certificate(signed_bundle, {test_anchors(), std::move(identity)}, at, log);
}

// A change of one bit in the payload or signature of a good bundle.
Bundle tampered(Bundle changed, Bytes Envelope::* part, std::size_t offset) {
  (changed.envelope.*part)[offset] ^= 1U;
  return changed;
}

TEST(VerifyWithKeyTest, AcceptsEveryKindOfKey) {
  for (const std::string_view type : kKeyTypes) {
    const std::string key(type);
    const auto verified = with_key(bundle("key-" + key), key);
    ASSERT_THAT(verified, IsOk()) << key;
    EXPECT_EQ(verified->statement().subject, "model");
    EXPECT_EQ(std::get<crypto::PublicKey>(verified->signer()), public_key(key));
  }
}

TEST(VerifyWithKeyTest, RefusesAChangedPayloadOrSignature) {
  for (const std::string_view type : kKeyTypes) {
    const std::string key(type);
    const Bundle good = bundle("key-" + key);
    for (const auto part : {&Envelope::payload, &Envelope::signature}) {
      for (const std::size_t offset : {std::size_t{0}, (good.envelope.*part).size() - 1}) {
        EXPECT_THAT(with_key(tampered(good, part, offset), key), HasCode(Code::kSignatureInvalid))
            << key << " " << offset;
      }
    }
  }
}

TEST(VerifyWithKeyTest, RefusesAnotherKeyByItsHint) {
  EXPECT_THAT(with_key(bundle("key-p256"), "p384"),
              FailsWith(Code::kKeyHintMismatch, HasSubstr(public_key("p384").hint())));
}

TEST(VerifyWithKeyTest, RefusesAnotherKeyWithoutAHintByTheSignature) {
  Bundle without = bundle("key-p256");
  std::get<PublicKeyMaterial>(without.material).hint.reset();
  EXPECT_THAT(with_key(without, "p384"), HasCode(Code::kSignatureInvalid));
}

TEST(VerifyWithKeyTest, WarnsOfAMissingHint) {
  Bundle without = bundle("key-p256");
  std::get<PublicKeyMaterial>(without.material).hint.reset();
  base::CollectingLog log;
  EXPECT_THAT(verify_with_key(without, public_key("p256"), log), IsOk());
  EXPECT_EQ(log.warnings().size(), 1U);
}

TEST(VerifyWithKeyTest, WarnsOfEvidenceThatIsNotLookedAt) {
  Bundle with = bundle("key-p256");
  with.log_entries = 1;
  with.timestamps = 2;
  base::CollectingLog log;
  EXPECT_THAT(verify_with_key(with, public_key("p256"), log), IsOk());
  EXPECT_EQ(log.warnings().size(), 2U);
}

TEST(VerifyWithKeyTest, RefusesACertificateAsMaterial) {
  EXPECT_THAT(with_key(bundle("certificate-p256"), "p256"), HasCode(Code::kMaterialMismatch));
}

TEST(VerifyWithKeyTest, AcceptsTheFormsOfOlderReferences) {
  EXPECT_THAT(with_key(bundle("raw-key-p384"), "p384"), IsOk());
  EXPECT_THAT(with_key(bundle("legacy-standard-encoding"), "p256"), IsOk());
  const auto legacy = with_key(bundle("legacy-key-p384"), "p384");
  ASSERT_THAT(legacy, IsOk());
  EXPECT_EQ(legacy->statement().form, StatementForm::kLegacyDigests);
}

TEST(VerifyWithKeyTest, RefusesTheLegacyEncodingForANewStatement) {
  EXPECT_THAT(with_key(bundle("reject-legacy_encoding_misused"), "p256"),
              HasCode(Code::kLegacyEncodingMisused));
}

// To refuse a forged signature must not cost many times its size.
TEST(VerifyWithKeyTest, LooksForTheLegacyEncodingInSmallPayloadsOnly) {
  crypto::PrivateKeySigner signer = testing::signer("p256");
  for (const std::size_t size : {std::size_t{1} << 24, (std::size_t{1} << 24) + 1}) {
    Bundle legacy = bundle("key-p256");
    legacy.envelope.payload.assign(size, 'x');
    legacy.envelope.signature =
        signer.sign(legacy_pre_authentication_encoding(legacy.envelope.payload)).value();
    const bool small = size == std::size_t{1} << 24;
    EXPECT_THAT(with_key(legacy, "p256"),
                HasCode(small ? Code::kJsonSyntax : Code::kSignatureInvalid));
  }
}

TEST(VerifyWithKeyTest, RefusesKeyDetailsOfAnotherKey) {
  EXPECT_THAT(with_key(bundle("reject-key_details_mismatch"), "p256"),
              HasCode(Code::kKeyDetailsMismatch));
  EXPECT_THAT(with_key(bundle("reject-key_hint_mismatch"), "p256"),
              HasCode(Code::kKeyHintMismatch));
}

TEST(VerifyWithKeyTest, RefusesASignatureOverOtherBytes) {
  EXPECT_THAT(with_key(bundle("reject-signature_invalid"), "p256"),
              HasCode(Code::kSignatureInvalid));
}

TEST(VerifyWithKeyTest, LooksAtTheStatementOnlyAfterTheSignature) {
  EXPECT_THAT(with_key(bundle("reject-statement"), "p256"), HasCode(Code::kMemberMissing));
  const Bundle changed = tampered(bundle("reject-statement"), &Envelope::payload, 0);
  EXPECT_THAT(with_key(changed, "p256"), HasCode(Code::kSignatureInvalid));
}

TEST(VerifyWithCertificateTest, AcceptsEveryKindOfKey) {
  for (const std::string_view type : kKeyTypes) {
    const auto verified = with_root(bundle("certificate-" + std::string(type)));
    ASSERT_THAT(verified, IsOk()) << type;
    const auto& chain = std::get<crypto::VerifiedChain>(verified->signer());
    EXPECT_EQ(chain.leaf().der(), certificate(std::string(type)).der());
    EXPECT_EQ(chain.certificates().size(), 2U);
  }
}

TEST(VerifyWithCertificateTest, RefusesAChangedPayloadOrSignature) {
  for (const std::string_view type : kKeyTypes) {
    const Bundle good = bundle("certificate-" + std::string(type));
    EXPECT_THAT(with_root(tampered(good, &Envelope::payload, 0)), HasCode(Code::kSignatureInvalid));
    EXPECT_THAT(with_root(tampered(good, &Envelope::signature, 8)),
                HasCode(Code::kSignatureInvalid));
  }
}

TEST(VerifyWithCertificateTest, AcceptsTheLegacyFormWithSha256) {
  const auto verified = with_root(bundle("legacy-certificate-p384"));
  ASSERT_THAT(verified, IsOk());
  EXPECT_EQ(verified->statement().form, StatementForm::kLegacyDigests);
}

TEST(VerifyWithCertificateTest, RefusesABareKeyAsMaterial) {
  EXPECT_THAT(with_root(bundle("key-p256")), HasCode(Code::kMaterialMismatch));
}

TEST(VerifyWithCertificateTest, AcceptsASingleCertificate) {
  Bundle single = bundle("certificate-p256");
  auto& material = std::get<CertificateMaterial>(single.material);
  material.chain.resize(1, material.chain.front());
  material.single = true;
  EXPECT_THAT(with_root(single), IsOk());
}

TEST(VerifyWithCertificateTest, RefusesAnExpiredAndAFutureChain) {
  const Bundle good = bundle("certificate-p256");
  EXPECT_THAT(with_root(good, base::UnixTime{2340000000}), HasCode(Code::kCertificateExpired));
  EXPECT_THAT(with_root(good, base::UnixTime{1600000000}), HasCode(Code::kCertificateNotYetValid));
}

TEST(VerifyWithCertificateTest, RefusesARootThatOnlyTheBundleHas) {
  base::CollectingLog log;
  const auto verified = verify_with_certificate(bundle("certificate-p256"),
                                                CertificateExpectations{}, kTestTime, log);
  EXPECT_THAT(verified, HasCode(Code::kCertificateUntrusted));
}

TEST(VerifyWithCertificateTest, DemandsTheIdentity) {
  const Bundle good = bundle("certificate-p256");
  EXPECT_THAT(with_root(good, kTestTime, "signer@example.com"), IsOk());
  EXPECT_THAT(with_root(good, kTestTime, "other@example.com"),
              HasCode(Code::kCertificateIdentityMismatch));
  EXPECT_THAT(with_root(good, kTestTime, ""), HasCode(Code::kCertificateIdentityMismatch));
}

TEST(VerifyWithCertificateTest, RefusesTheSignatureOfAnotherCertifiedKey) {
  Bundle mixed = bundle("certificate-p256");
  mixed.material = bundle("certificate-p384").material;
  EXPECT_THAT(with_root(mixed), HasCode(Code::kSignatureInvalid));
}

}  // namespace
}  // namespace hallmark::attest

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/crypto/chain.h"
#include "testing/crypto_data.h"

namespace hallmark::crypto {
namespace {

using testing::HasSubstr;

Result<VerifiedChain> verify(const char* leaf) {
  const std::vector<Certificate> intermediates = {test_certificate("intermediate")};
  return verify_chain(test_certificate(leaf), intermediates,
                      {.certificates = {test_certificate("root")}, .revocation_lists = {}}, kNow);
}

// Signer and verifier must say the same.
void expect_refused_by_both(const char* leaf, Code code) {
  const auto verified = verify(leaf);
  ASSERT_FALSE(verified.has_value());
  EXPECT_EQ(name_of(verified.error().code), name_of(code)) << verified.error().message;
  const auto checked = check_signing_certificate(test_certificate(leaf), kNow);
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(name_of(checked.error().code), name_of(code)) << checked.error().message;
}

class GoodUsageTest : public testing::TestWithParam<const char*> {};

TEST_P(GoodUsageTest, IsAcceptedBySignerAndVerifier) {
  EXPECT_TRUE(verify(GetParam()).has_value());
  EXPECT_TRUE(check_signing_certificate(test_certificate(GetParam()), kNow).has_value());
}

INSTANTIATE_TEST_SUITE_P(Leaves, GoodUsageTest,
                         testing::Values("leaf", "leaf_any_usage", "leaf_key_usage_only",
                                         "leaf_extended_usage_only", "leaf_named_like_issuer"));

TEST(CertificateUsageTest, KeyUsageNeedsDigitalSignature) {
  expect_refused_by_both("leaf_no_digital_signature", Code::kCertificateKeyUsage);
}

TEST(CertificateUsageTest, ExtendedKeyUsageNeedsCodeSigning) {
  expect_refused_by_both("leaf_server_auth", Code::kCertificateExtendedKeyUsage);
}

TEST(CertificateUsageTest, OneOfTheTwoMustBeThere) {
  expect_refused_by_both("leaf_no_usage", Code::kCertificateKeyUsage);
}

TEST(CertificateUsageTest, MalformedExtensionIsRefused) {
  expect_refused_by_both("leaf_malformed_usage", Code::kCertificateInvalid);
}

TEST(CertificateUsageTest, SignerChecksValidity) {
  EXPECT_FAILS_WITH(check_signing_certificate(test_certificate("leaf_expired"), kNow),
                    kCertificateExpired);
  EXPECT_FAILS_WITH(check_signing_certificate(test_certificate("leaf_future"), kNow),
                    kCertificateNotYetValid);
}

TEST(IdentityTest, MatchesMailUriAndDnsName) {
  const VerifiedChain chain = verify("leaf").value();
  EXPECT_TRUE(check_identity(chain, "signer@example.org").has_value());
  EXPECT_TRUE(check_identity(chain, "https://example.org/release").has_value());
  EXPECT_TRUE(check_identity(chain, "models.example.org").has_value());
}

TEST(IdentityTest, RefusesAnythingElse) {
  const VerifiedChain chain = verify("leaf").value();
  for (const char* identity : {"", "signer@example.or", "Signer@example.org", "example.org",
                               "CN=Signer,O=Hallmark tests", "https://example.org/release/"}) {
    EXPECT_FAILS_WITH(check_identity(chain, identity), kCertificateIdentityMismatch);
  }
}

TEST(IdentityTest, SaysWhichNamesAreThere) {
  const auto checked = check_identity(verify("leaf").value(), "x");
  EXPECT_THAT(checked.error().message, HasSubstr("'signer@example.org', 'https://"));
  const auto none = check_identity(verify("leaf_key_usage_only").value(), "x");
  EXPECT_THAT(none.error().message, HasSubstr("found none"));
}

TEST(IdentityTest, NameWithNulMatchesNothing) {
  using std::string_view_literals::operator""sv;
  const VerifiedChain chain = verify("leaf_nul_name").value();
  EXPECT_FAILS_WITH(check_identity(chain, "signer@example.org"), kCertificateIdentityMismatch);
  EXPECT_FAILS_WITH(check_identity(chain, "signer@example.org\0.evil.example"sv),
                    kCertificateIdentityMismatch);
}

}  // namespace
}  // namespace hallmark::crypto

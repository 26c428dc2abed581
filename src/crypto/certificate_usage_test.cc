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

Certificate of_family(const std::string& name) {
  return Certificate::parse_pem(test_data("authorities/" + name + ".pem")).value().front();
}

// A good leaf of testdata/crypto/authorities under that authority.
Result<VerifiedChain> verify_under(const std::string& authority, const std::string& root = "root") {
  const std::vector<Certificate> intermediates = {of_family(authority)};
  return verify_chain(of_family("leaf"), intermediates,
                      {.certificates = {of_family(root)}, .revocation_lists = {}}, kNow);
}

TEST(AuthorityUsageTest, AuthorityForOtherUsesIssuesNoSigners) {
  const auto chain = verify_under("server_auth");
  ASSERT_FALSE(chain.has_value());
  EXPECT_EQ(chain.error().code, Code::kCertificateExtendedKeyUsage);
  EXPECT_THAT(chain.error().message, HasSubstr("CN=Authority' (position 1,"));
}

TEST(AuthorityUsageTest, AuthorityForCodeOrForAllIssuesSigners) {
  for (const char* authority : {"no_usage", "code_signing", "any_usage", "both"}) {
    EXPECT_TRUE(verify_under(authority).has_value()) << authority;
  }
}

TEST(AuthorityUsageTest, UsageOfTheRootIsNotLookedAt) {
  EXPECT_TRUE(verify_under("no_usage", "root_server_auth").has_value());
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
  EXPECT_THAT(checked.error().message, HasSubstr("email 'signer@example.org', uri 'https://"));
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

TEST(IdentityTypeTest, IsToldByTheForm) {
  for (const char* uri : {"https://example.org/x", "https://user@example.org", "spiffe://a/b",
                          "urn:example:a@b", "git+ssh:x", "mailto:a@b", "://a@b", "1://x"}) {
    EXPECT_EQ(identity_type(uri), NameType::kUri) << uri;
  }
  for (const char* email : {"a@example.org", "@", "a b:c@example.org", ":@"}) {
    EXPECT_EQ(identity_type(email), NameType::kEmail) << email;
  }
  for (const char* dns : {"example.org", "https", "a/b", "", ":"}) {
    EXPECT_EQ(identity_type(dns), NameType::kDns) << dns;
  }
}

// A leaf of testdata/crypto/names under the authority that is constrained in names of one type.
Result<VerifiedChain> verify_constrained(const std::string& leaf) {
  const auto load = [](const std::string& name) {
    return Certificate::parse_pem(test_data("names/" + name + ".pem")).value().front();
  };
  const std::vector<Certificate> intermediates = {load(leaf + "_ca")};
  return verify_chain(load(leaf), intermediates,
                      {.certificates = {load("root")}, .revocation_lists = {}}, kNow);
}

TEST(ConstrainedIdentityTest, AuthorityCannotCertifyNamesOutsideItsConstraints) {
  for (const char* leaf : {"uri", "email", "dns"}) {
    EXPECT_FAILS_WITH(verify_constrained(leaf), kCertificateInvalid);
  }
}

TEST(ConstrainedIdentityTest, AuthorityCertifiesNamesWithinItsConstraints) {
  const auto chain = verify_constrained("own");
  ASSERT_TRUE(chain.has_value()) << chain.error().message;
  for (const char* identity :
       {"https://ci.attacker.example/x", "x@attacker.example", "ci.attacker.example"}) {
    EXPECT_TRUE(check_identity(*chain, identity).has_value()) << identity;
  }
}

struct Disguise {
  const char* leaf;
  const char* identity;
};

class DisguisedIdentityTest : public testing::TestWithParam<Disguise> {};

// RFC 5280 constrains each type for itself: the name of one type in an entry of another passes the
// chain, and must match nothing.
TEST_P(DisguisedIdentityTest, NameInAnEntryOfAnotherTypeIsRefused) {
  const auto chain = verify_constrained(GetParam().leaf);
  ASSERT_TRUE(chain.has_value()) << chain.error().message;
  const auto names = chain->leaf().alternative_names();
  ASSERT_EQ(names.size(), 1U);
  ASSERT_EQ(names[0].value, GetParam().identity);
  EXPECT_FAILS_WITH(check_identity(*chain, GetParam().identity), kCertificateIdentityMismatch);
}

INSTANTIATE_TEST_SUITE_P(Leaves, DisguisedIdentityTest,
                         testing::Values(Disguise{"uri_in_email", "https://good.example/ci"},
                                         Disguise{"uri_in_dns", "https://good.example/ci"},
                                         Disguise{"email_in_uri", "owner@good.example"},
                                         Disguise{"email_in_dns", "owner@good.example"},
                                         Disguise{"dns_in_uri", "models.good.example"},
                                         Disguise{"dns_in_email", "models.good.example"},
                                         Disguise{"empty", ""}),
                         [](const auto& disguise) { return std::string(disguise.param.leaf); });

}  // namespace
}  // namespace hallmark::crypto

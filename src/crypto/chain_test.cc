#include "hallmark/crypto/chain.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing/crypto_data.h"

namespace hallmark::crypto {
namespace {

using testing::HasSubstr;

std::vector<Certificate> certificates(std::initializer_list<const char*> names) {
  std::vector<Certificate> loaded;
  for (const char* name : names) loaded.push_back(test_certificate(name));
  return loaded;
}

Result<VerifiedChain> verify(const char* leaf, std::initializer_list<const char*> intermediates,
                             std::initializer_list<const char*> anchors, base::UnixTime at = kNow) {
  return verify_chain(test_certificate(leaf), certificates(intermediates),
                      {.certificates = certificates(anchors), .revocation_lists = {}}, at);
}

// A leaf under the intermediate and the root, where only the leaf is special.
Result<VerifiedChain> verify_leaf(const char* leaf, base::UnixTime at = kNow) {
  return verify(leaf, {"intermediate"}, {"root"}, at);
}

// The good leaf under an authority that is special.
Result<VerifiedChain> verify_under(const char* intermediate) {
  return verify("leaf", {intermediate}, {"root"});
}

Certificate with_last_byte_changed(const Certificate& certificate) {
  Bytes der = certificate.der();
  der.back() ^= 1;  // The signature is what a certificate ends with.
  return Certificate::decode(der).value();
}

TEST(ChainTest, AcceptsLeafOverIntermediateToRoot) {
  const auto chain = verify_leaf("leaf");
  ASSERT_TRUE(chain.has_value()) << chain.error().message;
  ASSERT_EQ(chain->certificates().size(), 3U);
  EXPECT_EQ(chain->leaf().der(), test_certificate("leaf").der());
  EXPECT_EQ(chain->certificates()[1].der(), test_certificate("intermediate").der());
  EXPECT_EQ(chain->certificates()[2].der(), test_certificate("root").der());
  EXPECT_EQ(chain->valid_at(), kNow);
}

TEST(ChainTest, FindsIntermediateAmongTheAnchors) {
  EXPECT_TRUE(verify("leaf", {}, {"root", "intermediate"}).has_value());
}

TEST(ChainTest, ManyIntermediatesInAnyOrder) {
  EXPECT_TRUE(verify("leaf_of_sub", {"root", "sub_intermediate", "other_root", "intermediate"},
                     {"other_root", "root"})
                  .has_value());
}

TEST(ChainTest, AcceptsLeafNamedLikeItsIssuer) {
  const Certificate leaf = test_certificate("leaf_named_like_issuer");
  ASSERT_EQ(leaf.subject(), leaf.issuer());
  const auto chain = verify_leaf("leaf_named_like_issuer");
  ASSERT_TRUE(chain.has_value()) << chain.error().message;
  EXPECT_EQ(chain->certificates().size(), 3U);
}

TEST(ChainTest, AcceptsSelfSignedLeafAsItsOwnAnchor) {
  const auto chain = verify("self_signed", {}, {"self_signed"});
  ASSERT_TRUE(chain.has_value()) << chain.error().message;
  EXPECT_EQ(chain->certificates().size(), 1U);
}

TEST(ChainTest, RefusesSelfSignedLeafThatIsNoAnchor) {
  EXPECT_FAILS_WITH(verify("self_signed", {}, {"root"}), kCertificateUntrusted);
  EXPECT_FAILS_WITH(verify("self_signed", {"self_signed"}, {"root"}), kCertificateUntrusted);
}

TEST(ChainTest, RefusesSelfSignedAnchorWithWrongSignature) {
  const Certificate forged = with_last_byte_changed(test_certificate("self_signed"));
  EXPECT_FAILS_WITH(
      verify_chain(forged, {}, {.certificates = {forged}, .revocation_lists = {}}, kNow),
      kCertificateInvalid);
}

TEST(ChainTest, RefusesRootWithWrongSignature) {
  const Certificate root = with_last_byte_changed(test_certificate("root"));
  EXPECT_FAILS_WITH(verify_chain(test_certificate("leaf"), certificates({"intermediate"}),
                                 {.certificates = {root}, .revocation_lists = {}}, kNow),
                    kCertificateInvalid);
}

TEST(ChainTest, RefusesLeafWithWrongSignature) {
  const Certificate leaf = with_last_byte_changed(test_certificate("leaf"));
  EXPECT_FAILS_WITH(
      verify_chain(leaf, certificates({"intermediate"}),
                   {.certificates = certificates({"root"}), .revocation_lists = {}}, kNow),
      kCertificateInvalid);
}

TEST(ChainTest, RefusesIntermediateWithWrongSignature) {
  const std::vector<Certificate> forged = {
      with_last_byte_changed(test_certificate("intermediate"))};
  EXPECT_FAILS_WITH(
      verify_chain(test_certificate("leaf"), forged,
                   {.certificates = certificates({"root"}), .revocation_lists = {}}, kNow),
      kCertificateInvalid);
}

TEST(ChainTest, RefusesOtherAuthority) {
  EXPECT_FAILS_WITH(verify("leaf", {"intermediate"}, {"other_root"}), kCertificateUntrusted);
  EXPECT_FAILS_WITH(verify("leaf", {}, {"impostor"}), kCertificateUntrusted);
}

TEST(ChainTest, RefusesRootThatOnlyTheSignerGave) {
  EXPECT_FAILS_WITH(verify("leaf", {"intermediate", "root"}, {"other_root"}),
                    kCertificateUntrusted);
}

TEST(ChainTest, RefusesMissingIntermediate) {
  EXPECT_FAILS_WITH(verify("leaf", {}, {"root"}), kCertificateUntrusted);
}

TEST(ChainTest, RefusesIntermediateAsTheOnlyAnchor) {
  EXPECT_FAILS_WITH(verify("leaf", {}, {"intermediate"}), kCertificateUntrusted);
}

TEST(ChainTest, RefusesIntermediateAsAnchorWithRootOfTheSigner) {
  EXPECT_FAILS_WITH(verify("leaf", {"root"}, {"intermediate"}), kCertificateUntrusted);
}

TEST(ChainTest, AcceptsEightIntermediatesAndNoMore) {
  const auto verify_below = [](const char* leaf) {
    return verify_chain(test_certificate(leaf),
                        Certificate::parse_pem(test_data("chain/nine_intermediates.pem")).value(),
                        {.certificates = certificates({"root"}), .revocation_lists = {}}, kNow);
  };
  const auto eight = verify_below("leaf_below_eight");
  ASSERT_TRUE(eight.has_value()) << eight.error().message;
  EXPECT_EQ(eight->certificates().size(), 10U);
  EXPECT_FAILS_WITH(verify_below("leaf_below_nine"), kCertificateInvalid);
}

TEST(ChainTest, RefusesEverythingWithoutAnchors) {
  EXPECT_FAILS_WITH(verify("leaf", {"intermediate", "root"}, {}), kCertificateUntrusted);
}

TEST(ChainTimeTest, RefusesExpiredLeaf) {
  const auto chain = verify_leaf("leaf_expired");
  ASSERT_FALSE(chain.has_value());
  EXPECT_EQ(chain.error().code, Code::kCertificateExpired);
  EXPECT_EQ(chain.error().message,
            "certificate 'CN=Signer,O=Hallmark tests' (position 0, 0 is the leaf): expired at "
            "2025-01-01T00:00:00Z, checked for 2030-01-01T00:00:00Z");
}

TEST(ChainTimeTest, AcceptsExpiredLeafForTheTimeWhenItWasValid) {
  EXPECT_TRUE(verify_leaf("leaf_expired", base::UnixTime{1717200000}).has_value());
}

TEST(ChainTimeTest, RefusesFutureLeaf) {
  EXPECT_FAILS_WITH(verify_leaf("leaf_future"), kCertificateNotYetValid);
}

TEST(ChainTimeTest, RefusesExpiredIntermediate) {
  const auto chain = verify_under("intermediate_expired");
  ASSERT_FALSE(chain.has_value());
  EXPECT_EQ(chain.error().code, Code::kCertificateExpired);
  EXPECT_THAT(chain.error().message, HasSubstr("CN=Intermediate,O=Hallmark tests' (position 1,"));
}

TEST(ChainTimeTest, RefusesFutureIntermediate) {
  EXPECT_FAILS_WITH(verify_under("intermediate_future"), kCertificateNotYetValid);
}

TEST(ChainTimeTest, RefusesExpiredRoot) {
  const auto chain = verify("leaf", {"intermediate"}, {"root_expired"});
  ASSERT_FALSE(chain.has_value());
  EXPECT_EQ(chain.error().code, Code::kCertificateExpired);
  EXPECT_THAT(chain.error().message, HasSubstr("(position 2,"));
}

TEST(ChainTimeTest, BoundsAreThoseOfTheCertificate) {
  const Certificate leaf = test_certificate("leaf");
  const base::UnixTime first = leaf.not_before();
  const base::UnixTime last{leaf.not_after().seconds - 1};
  EXPECT_TRUE(verify_leaf("leaf", first).has_value());
  EXPECT_TRUE(verify_leaf("leaf", last).has_value());
  EXPECT_TRUE(check_signing_certificate(leaf, first).has_value());
  EXPECT_TRUE(check_signing_certificate(leaf, last).has_value());
  EXPECT_FAILS_WITH(verify_leaf("leaf", {first.seconds - 1}), kCertificateNotYetValid);
  EXPECT_FAILS_WITH(verify_leaf("leaf", leaf.not_after()), kCertificateExpired);
  EXPECT_FAILS_WITH(check_signing_certificate(leaf, {first.seconds - 1}), kCertificateNotYetValid);
  EXPECT_FAILS_WITH(check_signing_certificate(leaf, leaf.not_after()), kCertificateExpired);
}

TEST(ChainStrengthTest, RefusesSha1) {
  EXPECT_FAILS_WITH(verify_leaf("leaf_sha1"), kCertificateWeak);
  EXPECT_FAILS_WITH(verify_under("intermediate_sha1"), kCertificateWeak);
}

TEST(ChainStrengthTest, RefusesShortRsaKeys) {
  EXPECT_FAILS_WITH(verify("leaf_of_rsa1024", {"intermediate_rsa1024"}, {"root"}),
                    kCertificateWeak);
  EXPECT_FAILS_WITH(verify_leaf("leaf_with_rsa1024"), kCertificateWeak);
}

TEST(ChainAuthorityTest, RefusesIntermediateThatIsNoAuthority) {
  EXPECT_FAILS_WITH(verify_under("intermediate_not_ca"), kCertificateInvalid);
}

TEST(ChainAuthorityTest, RefusesIntermediateThatMayNotSignCertificates) {
  EXPECT_FAILS_WITH(verify_under("intermediate_no_cert_sign"), kCertificateInvalid);
}

TEST(ChainAuthorityTest, RefusesSelfSignedLeafAsAnchorOfOthers) {
  // It says CA:TRUE, but may sign no certificates; and it is not the issuer anyway.
  EXPECT_FAILS_WITH(verify("leaf", {"intermediate"}, {"self_signed"}), kCertificateUntrusted);
}

TEST(ChainAuthorityTest, RefusesPathLongerThanItsAuthorityAllows) {
  EXPECT_TRUE(verify("leaf_of_sub", {"sub_intermediate", "intermediate"}, {"root"}).has_value());
  EXPECT_FAILS_WITH(verify("leaf_of_sub", {"sub_intermediate", "intermediate_path_zero"}, {"root"}),
                    kCertificateInvalid);
}

TEST(ChainAuthorityTest, RefusesUnknownCriticalExtension) {
  EXPECT_FAILS_WITH(verify_leaf("leaf_unknown_critical"), kCertificateInvalid);
}

// Below the authority a certificate must have its policy (RFC 5280 section 4.2.1.11).
TEST(ChainAuthorityTest, HoldsCertificatesToThePolicyThatTheirAuthorityDemands) {
  const auto of_policies = [](const std::string& name) {
    return Certificate::parse_pem(test_data("policies/" + name + ".pem")).value();
  };
  const auto verify_policy = [&](const std::string& leaf) {
    return verify_chain(of_policies(leaf).front(), of_policies("demanding"),
                        {.certificates = of_policies("root"), .revocation_lists = {}}, kNow);
  };
  EXPECT_TRUE(verify_policy("leaf").has_value());
  EXPECT_FAILS_WITH(verify_policy("leaf_of_another"), kCertificateInvalid);
  EXPECT_FAILS_WITH(verify_policy("leaf_of_none"), kCertificateInvalid);
}

TEST(SystemRootsTest, FileNamedByTheEnvironmentIsTrustedWhenAsked) {
  setenv("SSL_CERT_FILE", HALLMARK_TESTDATA_DIR "/crypto/chain/root.pem", 1);
  const TrustAnchors system{.certificates = {}, .trust_system_roots = true, .revocation_lists = {}};
  EXPECT_TRUE(verify_chain(test_certificate("leaf"), certificates({"intermediate"}), system, kNow)
                  .has_value());
  EXPECT_FAILS_WITH(verify("leaf", {"intermediate"}, {}), kCertificateUntrusted);
  unsetenv("SSL_CERT_FILE");
}

TEST(SystemRootsTest, UnreadableFileIsAFailureOfItsOwn) {
  setenv("SSL_CERT_FILE", "/nonexistent/roots.pem", 1);
  const TrustAnchors system{.certificates = {}, .trust_system_roots = true, .revocation_lists = {}};
  EXPECT_FAILS_WITH(
      verify_chain(test_certificate("leaf"), certificates({"intermediate"}), system, kNow),
      kCertificateUnreadable);
  unsetenv("SSL_CERT_FILE");
}

TEST(SystemRootsTest, DirectoryNamedByTheEnvironmentReplacesTheUsualPlaces) {
  setenv("SSL_CERT_DIR", "/nonexistent", 1);
  const TrustAnchors system{.certificates = {}, .trust_system_roots = true, .revocation_lists = {}};
  EXPECT_FAILS_WITH(
      verify_chain(test_certificate("leaf"), certificates({"intermediate"}), system, kNow),
      kCertificateUntrusted);
  unsetenv("SSL_CERT_DIR");
}

}  // namespace
}  // namespace hallmark::crypto

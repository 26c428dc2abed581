#include <gtest/gtest.h>

#include "hallmark/crypto/chain.h"
#include "testing/crypto_data.h"

namespace hallmark::crypto {
namespace {

std::vector<RevocationList> lists(std::initializer_list<const char*> names) {
  std::vector<RevocationList> loaded;
  for (const char* name : names) loaded.push_back(test_list(name));
  return loaded;
}

Result<VerifiedChain> verify(std::initializer_list<const char*> list_names,
                             const char* intermediate = "intermediate") {
  const std::vector<Certificate> intermediates = {test_certificate(intermediate)};
  return verify_chain(
      test_certificate("leaf"), intermediates,
      {.certificates = {test_certificate("root")}, .revocation_lists = lists(list_names)}, kNow);
}

TEST(RevocationTest, AcceptsLeafThatNoListNames) {
  EXPECT_TRUE(verify({"intermediate_none", "root_none"}).has_value());
}

TEST(RevocationTest, ListsAboveTheLeafMayBeMissing) {
  const auto chain = verify({"intermediate_none"});
  EXPECT_TRUE(chain.has_value()) << chain.error().message;
}

TEST(RevocationTest, RefusesRevokedLeaf) {
  EXPECT_FAILS_WITH(verify({"intermediate_leaf"}), kCertificateRevoked);
  EXPECT_FAILS_WITH(verify({"intermediate_leaf", "root_none"}), kCertificateRevoked);
}

TEST(RevocationTest, RefusesRevokedIntermediate) {
  EXPECT_FAILS_WITH(verify({"intermediate_none", "root_intermediate"}), kCertificateRevoked);
}

TEST(RevocationTest, LeafNeedsTheListOfItsIssuer) {
  EXPECT_FAILS_WITH(verify({"root_none"}), kRevocationUnknown);
}

TEST(RevocationTest, RefusesStaleList) {
  EXPECT_FAILS_WITH(verify({"intermediate_stale"}), kRevocationUnknown);
  EXPECT_FAILS_WITH(verify({"intermediate_none", "root_stale"}), kRevocationUnknown);
}

TEST(RevocationTest, ListThatSpeaksOfSomeReasonsOnlyIsNotIgnored) {
  EXPECT_FAILS_WITH(verify({"intermediate_none", "root_some_reasons"}), kRevocationUnknown);
}

TEST(RevocationTest, RefusesFutureList) {
  EXPECT_FAILS_WITH(verify({"intermediate_future"}), kRevocationUnknown);
}

TEST(RevocationTest, RefusesListOutsideItsTimeBesideCurrentOne) {
  for (const char* other : {"intermediate_stale", "intermediate_future", "root_stale"}) {
    EXPECT_FAILS_WITH(verify({other, "intermediate_none"}), kRevocationUnknown);
    EXPECT_FAILS_WITH(verify({"intermediate_none", other}), kRevocationUnknown);
  }
  const auto chain = verify({"intermediate_none", "intermediate_stale"});
  EXPECT_EQ(chain.error().message,
            "the revocation list of 'CN=Intermediate,O=Hallmark tests' is out of date at "
            "2030-01-01T00:00:00Z");
}

Result<VerifiedChain> verify_with_list_signed_by(const std::string& digest) {
  const auto load = [](const std::string& name) {
    return Certificate::parse_pem(test_data("authorities/" + name + ".pem")).value().front();
  };
  const auto list =
      RevocationList::parse(bytes_of(test_data("authorities/" + digest + ".crl.pem"))).value();
  const std::vector<Certificate> intermediates = {load("no_usage")};
  return verify_chain(load("leaf"), intermediates,
                      {.certificates = {load("root")}, .revocation_lists = {list}}, kNow);
}

TEST(RevocationTest, RefusesListWithAWeakSignature) {
  const auto chain = verify_with_list_signed_by("sha256");
  EXPECT_TRUE(chain.has_value()) << chain.error().message;
  EXPECT_FAILS_WITH(verify_with_list_signed_by("sha1"), kRevocationUnknown);
}

TEST(RevocationTest, RefusesListOfSomebodyElseWithTheIssuersName) {
  EXPECT_FAILS_WITH(verify({"impostor"}), kRevocationUnknown);
}

TEST(RevocationTest, RefusesListOfAuthorityThatMayNotSignLists) {
  EXPECT_FAILS_WITH(verify({"intermediate_none"}, "intermediate_no_crl_sign"), kRevocationUnknown);
}

}  // namespace
}  // namespace hallmark::crypto

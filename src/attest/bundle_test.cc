#include "hallmark/attest/bundle.h"

#include <gtest/gtest.h>

#include "hallmark/base/file.h"
#include "testing/case_files.h"
#include "testing/golden.h"
#include "testing/result_matchers.h"

namespace hallmark::attest {
namespace {

using hallmark::testing::case_files;
using hallmark::testing::FailsWith;
using hallmark::testing::IsOk;
using ::testing::HasSubstr;

Bundle accepted(const std::string& name) {
  const std::string path = HALLMARK_TESTDATA_DIR "/bundles/accept/" + name + ".json";
  return decode_bundle(base::read_file(path, 1'000'000).value()).value();
}

TEST(BundleTest, ReadsEveryAcceptedForm) {
  for (const auto& file : case_files("bundles/accept")) {
    EXPECT_THAT(decode_bundle(file.contents), IsOk()) << file.name;
  }
}

TEST(BundleTest, RefusesEveryFaultWithItsOwnCode) {
  for (const auto& file : case_files("bundles/reject")) {
    const auto bundle = decode_bundle(file.contents);
    ASSERT_FALSE(bundle.has_value()) << file.name;
    EXPECT_EQ(name_of(bundle.error().code), file.code)
        << file.name << ": " << bundle.error().message;
  }
}

TEST(BundleTest, TellsThePlaceOfAFault) {
  const auto bundle =
      decode_bundle(R"({"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
      "verificationMaterial": {"publicKey": {"hint": 3}}, "dsseEnvelope": {}})");
  EXPECT_THAT(bundle, FailsWith(Code::kMemberType,
                                "/verificationMaterial/publicKey/hint: expected string, "
                                "found number"));
}

TEST(BundleTest, ComputesTheHintOfARawKey) {
  const auto legacy = std::get<PublicKeyMaterial>(accepted("key-of-reference-1.0").material);
  const auto current = std::get<PublicKeyMaterial>(accepted("key-of-reference-1.1").material);
  EXPECT_EQ(legacy.hint, current.hint);
  EXPECT_EQ(legacy.key_details, "PKIX_ECDSA_P256_SHA_256");
}

TEST(BundleTest, TakesAnEmptyHintForNone) {
  EXPECT_EQ(std::get<PublicKeyMaterial>(accepted("key-with-empty-hint").material).hint,
            std::nullopt);
}

TEST(BundleTest, CountsEvidenceItDoesNotLookAt) {
  const Bundle bundle = accepted("evidence-that-is-not-looked-at");
  EXPECT_EQ(bundle.log_entries, 1U);
  EXPECT_EQ(bundle.timestamps, 1U);
}

TEST(BundleTest, KnowsASingleCertificateFromAChain) {
  EXPECT_TRUE(
      std::get<CertificateMaterial>(accepted("single-certificate-of-go-client").material).single);
  const auto chain = std::get<CertificateMaterial>(accepted("chain-of-reference-1.1").material);
  EXPECT_FALSE(chain.single);
  EXPECT_EQ(chain.chain.size(), 2U);
}

TEST(BundleTest, WritesTheFormsOfTheReference) {
  hallmark::testing::expect_golden("bundles/written-key.json",
                                   encode_bundle(accepted("key-of-go-client")));
  hallmark::testing::expect_golden("bundles/written-chain.json",
                                   encode_bundle(accepted("chain-of-reference-1.1")));
}

TEST(BundleTest, ReadsWhatItWrites) {
  for (const auto& file : case_files("bundles/accept")) {
    const Bundle bundle = decode_bundle(file.contents).value();
    const auto again = decode_bundle(encode_bundle(bundle));
    ASSERT_THAT(again, IsOk()) << file.name;
    EXPECT_EQ(again->envelope.payload, bundle.envelope.payload) << file.name;
    EXPECT_EQ(again->envelope.signature, bundle.envelope.signature) << file.name;
  }
}

}  // namespace
}  // namespace hallmark::attest

#include "hallmark/attest/sign.h"

#include <gtest/gtest.h>

#include "hallmark/attest/verify.h"
#include "hallmark/hash/hasher.h"
#include "testing/result_matchers.h"
#include "testing/signing_keys.h"

namespace hallmark::attest {
namespace {

using hallmark::testing::certificate;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::kTestTime;
using hallmark::testing::public_key;
using hallmark::testing::test_anchors;

std::string small_statement() {
  manifest::Manifest manifest;
  manifest.resources = {{"a", hash::hash_bytes(hash::Algorithm::kSha256, bytes_of("a"))}};
  return encode_statement("model", manifest);
}

// A token or service that returns something else than a signature over what it was given.
class BrokenSigner final : public crypto::Signer {
 public:
  explicit BrokenSigner(crypto::Signer& inner) : inner_(inner) {}

  [[nodiscard]] crypto::PublicKey public_key() const override { return inner_.public_key(); }
  Result<Bytes> sign(ByteView /*message*/) override { return inner_.sign(bytes_of("other")); }

 private:
  crypto::Signer& inner_;
};

TEST(SignTest, MakesBundlesThatVerify) {
  for (const std::string type : {"p256", "p384", "p521"}) {
    crypto::PrivateKeySigner signer = hallmark::testing::signer(type);
    base::CollectingLog log;
    const auto with_key = sign_with_key(small_statement(), signer);
    ASSERT_THAT(with_key, IsOk());
    EXPECT_THAT(verify_with_key(*with_key, public_key(type), log), IsOk());

    const std::vector<crypto::Certificate> chain = {certificate(type), certificate("root")};
    const auto certified = sign_with_certificate(small_statement(), signer, chain, kTestTime);
    ASSERT_THAT(certified, IsOk());
    EXPECT_THAT(verify_with_certificate(*certified, {test_anchors(), {}}, kTestTime, log), IsOk());
    EXPECT_EQ(std::get<CertificateMaterial>(certified->material).chain.size(), 2U);
    EXPECT_TRUE(log.warnings().empty());
  }
}

TEST(SignTest, RefusesACertificateOfAnotherKey) {
  crypto::PrivateKeySigner signer = hallmark::testing::signer("p256");
  const std::vector<crypto::Certificate> chain = {certificate("p384")};
  EXPECT_THAT(sign_with_certificate(small_statement(), signer, chain, kTestTime),
              HasCode(Code::kCertificateKeyMismatch));
}

TEST(SignTest, RefusesACertificateThatIsNotValidNow) {
  crypto::PrivateKeySigner signer = hallmark::testing::signer("p256");
  const std::vector<crypto::Certificate> chain = {certificate("p256")};
  EXPECT_THAT(sign_with_certificate(small_statement(), signer, chain, base::UnixTime{2340000000}),
              HasCode(Code::kCertificateExpired));
}

TEST(SignTest, RefusesMoreCertificatesThanABundleMayCarry) {
  crypto::PrivateKeySigner signer = hallmark::testing::signer("p256");
  std::vector<crypto::Certificate> chain(kMostCertificates, certificate("p256"));
  const auto bundle = sign_with_certificate(small_statement(), signer, chain, kTestTime);
  ASSERT_THAT(bundle, IsOk());
  EXPECT_THAT(decode_bundle(encode_bundle(*bundle)), IsOk());
  chain.push_back(chain.front());
  EXPECT_THAT(sign_with_certificate(small_statement(), signer, chain, kTestTime),
              HasCode(Code::kLimitExceeded));
}

TEST(SignTest, NeverReturnsASignatureThatDoesNotVerify) {
  crypto::PrivateKeySigner inner = hallmark::testing::signer("p256");
  BrokenSigner broken(inner);
  EXPECT_THAT(sign_with_key(small_statement(), broken), HasCode(Code::kSignatureInvalid));
}

}  // namespace
}  // namespace hallmark::attest

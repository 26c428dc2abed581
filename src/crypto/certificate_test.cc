#include "hallmark/crypto/certificate.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/base/pem.h"
#include "testing/crypto_data.h"

namespace hallmark::crypto {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

TEST(CertificateTest, ReadsTheFields) {
  const Certificate leaf = test_certificate("leaf");
  EXPECT_EQ(leaf.subject(), "CN=Signer,O=Hallmark tests");
  EXPECT_EQ(leaf.issuer(), "CN=Intermediate,O=Hallmark tests");
  EXPECT_EQ(leaf.serial_number(), "1001");
  EXPECT_EQ(base::to_string(leaf.not_before()), "2024-01-01T00:00:00Z");
  EXPECT_EQ(base::to_string(leaf.not_after()), "2044-01-01T00:00:00Z");
  EXPECT_EQ(leaf.public_key()->type(), KeyType::kP256);
  EXPECT_EQ(test_certificate("root").public_key()->type(), KeyType::kRsa);
}

TEST(CertificateTest, KeepsItsDer) {
  const auto blocks = base::parse_pem(test_data("chain/leaf.pem")).value();
  EXPECT_EQ(Certificate::decode(blocks[0].contents)->der(), blocks[0].contents);
}

TEST(CertificateTest, WritesNamesInUtf8) {
  EXPECT_EQ(test_certificate("leaf_german").subject(),
            "CN=J\xC3\xB6rg\\, Pr\xC3\xBC"
            "fer,O=Hallmark tests");
}

TEST(CertificateTest, ListsMailUriAndDnsNames) {
  EXPECT_THAT(test_certificate("leaf").alternative_names(),
              ElementsAre(AlternativeName{NameType::kEmail, "signer@example.org"},
                          AlternativeName{NameType::kUri, "https://example.org/release"},
                          AlternativeName{NameType::kDns, "models.example.org"}));
  EXPECT_THAT(test_certificate("root").alternative_names(), IsEmpty());
}

TEST(CertificateTest, LeavesOutNamesWithNul) {
  EXPECT_THAT(test_certificate("leaf_nul_name").alternative_names(), IsEmpty());
}

TEST(CertificateTest, KeyOutsideTheRulesIsUnsupported) {
  EXPECT_FAILS_WITH(test_certificate("leaf_with_rsa1024").public_key(), kKeyUnsupported);
}

TEST(CertificateTest, RefusesBytesAfterTheCertificate) {
  Bytes der = test_certificate("leaf").der();
  der.push_back(0);
  EXPECT_FAILS_WITH(Certificate::decode(der), kCertificateMalformed);
}

TEST(CertificateTest, RefusesEveryTruncation) {
  const Bytes der = test_certificate("leaf").der();
  for (std::size_t size = 0; size < der.size(); ++size) {
    EXPECT_FAILS_WITH(Certificate::decode(ByteView(der).first(size)), kCertificateMalformed);
  }
}

TEST(CertificateTest, RefusesBer) {
  Bytes der = test_certificate("leaf").der();
  der[1] = 0x83;  // Three bytes for a length that fits into two.
  der.insert(der.begin() + 2, 0);
  const auto certificate = Certificate::decode(der);
  ASSERT_FALSE(certificate.has_value());
  EXPECT_EQ(certificate.error().code, Code::kCertificateMalformed);
  EXPECT_THAT(certificate.error().message, HasSubstr("BER"));
}

// The same inside what is signed: the serial number with a length of one byte too many.
TEST(CertificateTest, RefusesBerInsideTheSignedPart) {
  Bytes der = test_certificate("leaf").der();
  const std::size_t serial = 13;  // after two SEQUENCE headers of 4 bytes and 5 of the version
  ASSERT_EQ(der[serial], 0x02);
  der.insert(der.begin() + serial + 1, 0x81);
  for (const std::size_t low : {std::size_t{3}, std::size_t{7}}) {
    ASSERT_LT(der[low], 0xff);
    ++der[low];
  }
  const auto certificate = Certificate::decode(der);
  ASSERT_FALSE(certificate.has_value());
  EXPECT_EQ(certificate.error().code, Code::kCertificateMalformed);
  EXPECT_THAT(certificate.error().message, HasSubstr("BER"));
}

TEST(CertificateTest, RefusesVersionTwo) {
  Bytes der = test_certificate("leaf").der();
  ASSERT_EQ(der[12], 2);  // Two SEQUENCE headers of 4 bytes, then [0] and INTEGER.
  der[12] = 1;
  const auto certificate = Certificate::decode(der);
  ASSERT_FALSE(certificate.has_value());
  EXPECT_EQ(certificate.error().code, Code::kCertificateMalformed);
  EXPECT_THAT(certificate.error().message, HasSubstr("found 2"));
}

TEST(CertificateTest, RefusesValidityWithoutTimes) {
  Bytes der = test_certificate("leaf").der();
  const std::string_view time = "240101000000Z";
  const auto found = std::search(der.begin(), der.end(), time.begin(), time.end());
  ASSERT_NE(found, der.end());
  *found = 'x';
  const auto certificate = Certificate::decode(der);
  ASSERT_FALSE(certificate.has_value());
  EXPECT_EQ(certificate.error().code, Code::kCertificateMalformed);
  EXPECT_THAT(certificate.error().message, HasSubstr("validity"));
}

TEST(CertificatePemTest, ReadsAllBlocksInOrder) {
  const auto certificates =
      Certificate::parse_pem(test_data("chain/leaf.pem") + test_data("chain/root.pem"));
  ASSERT_TRUE(certificates.has_value());
  ASSERT_EQ(certificates->size(), 2U);
  EXPECT_THAT((*certificates)[0].subject(), StartsWith("CN=Signer"));
  EXPECT_THAT((*certificates)[1].subject(), StartsWith("CN=Root"));
}

TEST(CertificatePemTest, RefusesOtherBlocksAndNone) {
  EXPECT_FAILS_WITH(
      Certificate::parse_pem(test_data("chain/leaf.pem") + test_data("keys/p256_public.pem")),
      kCertificateMalformed);
  EXPECT_FAILS_WITH(Certificate::parse_pem(""), kCertificateMalformed);
}

TEST(CertificatePemTest, SaysWhichBlockIsMalformed) {
  const Bytes no_certificate = {0x30, 0x00};
  const auto certificates = Certificate::parse_pem(test_data("chain/leaf.pem") +
                                                   base::encode_pem("CERTIFICATE", no_certificate));
  ASSERT_FALSE(certificates.has_value());
  EXPECT_EQ(certificates.error().code, Code::kCertificateMalformed);
  EXPECT_THAT(certificates.error().message, StartsWith("PEM block 2: "));
}

TEST(RevocationListTest, ReadsPemAndDer) {
  EXPECT_TRUE(
      RevocationList::parse(bytes_of(test_data("chain/intermediate_none.crl.pem"))).has_value());
  EXPECT_TRUE(
      RevocationList::parse(bytes_of(test_data("chain/intermediate_none.crl.der"))).has_value());
}

TEST(RevocationListTest, RefusesWhatIsNoList) {
  const auto parse = [](const std::string& text) { return RevocationList::parse(bytes_of(text)); };
  EXPECT_FAILS_WITH(parse(""), kRevocationListUnreadable);
  EXPECT_FAILS_WITH(parse("text"), kRevocationListUnreadable);
  EXPECT_FAILS_WITH(parse(test_data("chain/leaf.pem")), kRevocationListUnreadable);
  EXPECT_FAILS_WITH(parse("-----BEGIN X509 CRL-----\n"), kRevocationListUnreadable);
  const std::string list = test_data("chain/intermediate_none.crl.pem");
  EXPECT_FAILS_WITH(parse(list + list), kRevocationListUnreadable);
  const std::string der = test_data("chain/intermediate_none.crl.der");
  EXPECT_FAILS_WITH(parse(der + "x"), kRevocationListUnreadable);
  EXPECT_FAILS_WITH(parse(base::encode_pem("CERTIFICATE", bytes_of(der))),
                    kRevocationListUnreadable);
}

TEST(RevocationListTest, RefusesListWithoutEnd) {
  const std::string list = test_data("chain/no_next_update.crl.der");
  const auto parsed = RevocationList::parse(bytes_of(list));
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().code, Code::kRevocationListUnreadable);
  EXPECT_THAT(parsed.error().message, HasSubstr("nextUpdate"));
}

TEST(RevocationListTest, RefusesDeltaList) {
  const auto parsed = RevocationList::parse(bytes_of(test_data("chain/delta.crl.der")));
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().code, Code::kRevocationListUnreadable);
  EXPECT_THAT(parsed.error().message, HasSubstr("delta"));
}

}  // namespace
}  // namespace hallmark::crypto

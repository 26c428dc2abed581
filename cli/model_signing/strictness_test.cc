#include "cli/model_signing/strictness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hallmark::cli::model_signing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// tests/interop/test_stricter_*.py show each with the reference itself.
TEST(StrictnessTest, SaysWhatTheReferenceDoesWhereItWouldGoOn) {
  for (const Code code : {Code::kCertificateCount,
                          Code::kCertificateExpired,
                          Code::kCertificateNotYetValid,
                          Code::kCertificateExtendedKeyUsage,
                          Code::kCertificateKeyUsage,
                          Code::kCertificateWeak,
                          Code::kJsonDuplicateMember,
                          Code::kSignatureCount,
                          Code::kKeyDetailsMismatch,
                          Code::kLegacyEncodingMisused,
                          Code::kMemberUnknown,
                          Code::kResourcesEmpty,
                          Code::kResourceNameInvalid,
                          Code::kResourceNameDuplicate,
                          Code::kDigestMalformed,
                          Code::kHashAlgorithmUnsupported,
                          Code::kHashAlgorithmMismatch,

                          Code::kModelEmpty,
                          Code::kSymlinkOutside,
                          Code::kTokenAmbiguous,
                          Code::kTokenKeyAmbiguous,
                          Code::kFileChanged,
                          Code::kAlreadyExists}) {
    EXPECT_THAT(what_reference_does(code, "verify"), Not(IsEmpty())) << name_of(code);
  }
}

TEST(StrictnessTest, SaysNothingWhereBothRefuse) {
  for (const Code code :
       {Code::kUsage, Code::kNotFound, Code::kSignatureInvalid, Code::kKeyHintMismatch,
        Code::kCertificateUntrusted, Code::kRootDigestMismatch,
        Code::kSerializationMethodUnsupported, Code::kModelDiffers, Code::kSymlinkRefused}) {
    EXPECT_THAT(what_reference_does(code, "verify"), IsEmpty()) << name_of(code);
  }
}

// The reference does not look at what a certificate is for before it verifies.
TEST(StrictnessTest, SaysOfCertificatesWhatTheReferenceDoesInThatCommand) {
  for (const Code code : {Code::kCertificateKeyUsage, Code::kCertificateExtendedKeyUsage}) {
    EXPECT_THAT(what_reference_does(code, "sign"), HasSubstr("any usage")) << name_of(code);
    EXPECT_THAT(what_reference_does(code, "verify"), HasSubstr("is content with")) << name_of(code);
  }
  EXPECT_THAT(what_reference_does(Code::kCertificateExpired, "sign"), HasSubstr("any time"));
  EXPECT_THAT(what_reference_does(Code::kCertificateExpired, "verify"), HasSubstr("not now"));
}

}  // namespace
}  // namespace hallmark::cli::model_signing

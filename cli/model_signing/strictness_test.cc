#include "cli/model_signing/strictness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hallmark::cli::model_signing {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

// tests/interop/test_drop_in_strictness.py shows each with the reference itself.
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
    EXPECT_THAT(what_reference_does(code), Not(IsEmpty())) << name_of(code);
  }
}

TEST(StrictnessTest, SaysNothingWhereBothRefuse) {
  for (const Code code :
       {Code::kUsage, Code::kNotFound, Code::kSignatureInvalid, Code::kKeyHintMismatch,
        Code::kCertificateUntrusted, Code::kRootDigestMismatch,
        Code::kSerializationMethodUnsupported, Code::kModelDiffers, Code::kSymlinkRefused}) {
    EXPECT_THAT(what_reference_does(code), IsEmpty()) << name_of(code);
  }
}

}  // namespace
}  // namespace hallmark::cli::model_signing

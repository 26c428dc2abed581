#include "hallmark/base/error.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/base/cancellation.h"
#include "hallmark/base/file.h"
#include "hallmark/base/log.h"
#include "hallmark/base/result.h"
#include "testing/result_matchers.h"

namespace hallmark::base {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::IsOkWith;
using ::testing::ElementsAre;
using ::testing::Eq;

// The enumeration again, as reports and scripts have come to know it: names and numbers that were
// released once never change.
struct Row {
  Code code;
  int number;
  std::string_view name;
};
constexpr Row kRows[] = {
    {Code::kUsage, 100, "usage"},
    {Code::kPathOutsideModel, 101, "path_outside_model"},
    {Code::kUnsupported, 102, "unsupported"},
    {Code::kPkcs11UriInvalid, 103, "pkcs11_uri_invalid"},
    {Code::kIoError, 200, "io_error"},
    {Code::kNotFound, 201, "not_found"},
    {Code::kFileChanged, 202, "file_changed"},
    {Code::kCancelled, 203, "cancelled"},
    {Code::kAlreadyExists, 204, "already_exists"},
    {Code::kLimitExceeded, 205, "limit_exceeded"},
    {Code::kKeyMalformed, 206, "key_malformed"},
    {Code::kKeyUnsupported, 207, "key_unsupported"},
    {Code::kPassphraseRequired, 208, "passphrase_required"},
    {Code::kPassphraseWrong, 209, "passphrase_wrong"},
    {Code::kCertificateUnreadable, 210, "certificate_unreadable"},
    {Code::kRevocationListUnreadable, 211, "revocation_list_unreadable"},
    {Code::kDigestListUnreadable, 212, "digest_list_unreadable"},
    {Code::kSigningStateUnreadable, 213, "signing_state_unreadable"},
    {Code::kTokenModuleUnusable, 220, "token_module_unusable"},
    {Code::kTokenNotFound, 221, "token_not_found"},
    {Code::kTokenAmbiguous, 222, "token_ambiguous"},
    {Code::kTokenKeyNotFound, 223, "token_key_not_found"},
    {Code::kTokenKeyAmbiguous, 224, "token_key_ambiguous"},
    {Code::kTokenFailed, 225, "token_failed"},
    {Code::kPinRequired, 226, "pin_required"},
    {Code::kPinWrong, 227, "pin_wrong"},
    {Code::kPinLocked, 228, "pin_locked"},
    {Code::kPinFinalTry, 229, "pin_final_try"},
    {Code::kArchiveUnsupported, 240, "archive_unsupported"},
    {Code::kArchiveEncrypted, 241, "archive_encrypted"},
    {Code::kInternal, 299, "internal"},
    {Code::kJsonSyntax, 300, "json_syntax"},
    {Code::kJsonDuplicateMember, 301, "json_duplicate_member"},
    {Code::kJsonInvalidUtf8, 302, "json_invalid_utf8"},
    {Code::kJsonTooDeep, 303, "json_too_deep"},
    {Code::kJsonTooLarge, 304, "json_too_large"},
    {Code::kJsonNumberRange, 305, "json_number_range"},
    {Code::kJsonTrailingData, 306, "json_trailing_data"},
    {Code::kMemberMissing, 307, "member_missing"},
    {Code::kMemberUnknown, 308, "member_unknown"},
    {Code::kMemberType, 309, "member_type"},
    {Code::kBase64Malformed, 310, "base64_malformed"},
    {Code::kHexMalformed, 311, "hex_malformed"},
    {Code::kPemMalformed, 312, "pem_malformed"},
    {Code::kMediaTypeMismatch, 400, "media_type_mismatch"},
    {Code::kPayloadTypeMismatch, 401, "payload_type_mismatch"},
    {Code::kSignatureCount, 402, "signature_count"},
    {Code::kMaterialMismatch, 403, "material_mismatch"},
    {Code::kKeyHintMismatch, 404, "key_hint_mismatch"},
    {Code::kKeyDetailsMismatch, 405, "key_details_mismatch"},
    {Code::kSignatureInvalid, 406, "signature_invalid"},
    {Code::kLegacyEncodingMisused, 407, "legacy_encoding_misused"},
    {Code::kCertificateCount, 408, "certificate_count"},
    {Code::kSigningStateMismatch, 409, "signing_state_mismatch"},
    {Code::kThresholdNotMet, 410, "threshold_not_met"},
    {Code::kCertificateMalformed, 500, "certificate_malformed"},
    {Code::kCertificateUntrusted, 501, "certificate_untrusted"},
    {Code::kCertificateExpired, 502, "certificate_expired"},
    {Code::kCertificateNotYetValid, 503, "certificate_not_yet_valid"},
    {Code::kCertificateRevoked, 504, "certificate_revoked"},
    {Code::kRevocationUnknown, 505, "revocation_unknown"},
    {Code::kCertificateKeyUsage, 506, "certificate_key_usage"},
    {Code::kCertificateExtendedKeyUsage, 507, "certificate_extended_key_usage"},
    {Code::kCertificateIdentityMismatch, 508, "certificate_identity_mismatch"},
    {Code::kCertificateWeak, 509, "certificate_weak"},
    {Code::kCertificateInvalid, 510, "certificate_invalid"},
    {Code::kCertificateKeyMismatch, 511, "certificate_key_mismatch"},
    {Code::kStatementTypeMismatch, 600, "statement_type_mismatch"},
    {Code::kPredicateTypeMismatch, 601, "predicate_type_mismatch"},
    {Code::kSubjectCount, 602, "subject_count"},
    {Code::kResourcesEmpty, 603, "resources_empty"},
    {Code::kResourceNameInvalid, 604, "resource_name_invalid"},
    {Code::kResourceNameDuplicate, 605, "resource_name_duplicate"},
    {Code::kDigestMalformed, 606, "digest_malformed"},
    {Code::kHashAlgorithmUnsupported, 607, "hash_algorithm_unsupported"},
    {Code::kHashAlgorithmMismatch, 608, "hash_algorithm_mismatch"},
    {Code::kSerializationMethodUnsupported, 609, "serialization_method_unsupported"},
    {Code::kRootDigestMismatch, 610, "root_digest_mismatch"},
    {Code::kIgnorePathInvalid, 611, "ignore_path_invalid"},
    {Code::kShardNameInvalid, 612, "shard_name_invalid"},
    {Code::kShardSizeInvalid, 613, "shard_size_invalid"},
    {Code::kShardLayoutInvalid, 614, "shard_layout_invalid"},
    {Code::kModelEmpty, 700, "model_empty"},
    {Code::kModelDiffers, 701, "model_differs"},
    {Code::kSymlinkRefused, 702, "symlink_refused"},
    {Code::kSymlinkCycle, 703, "symlink_cycle"},
    {Code::kSymlinkOutside, 704, "symlink_outside"},
    {Code::kSymlinkDangling, 705, "symlink_dangling"},
    {Code::kSpecialFile, 706, "special_file"},
    {Code::kNameNotUtf8, 707, "name_not_utf8"},
    {Code::kNameTooLong, 708, "name_too_long"},
    {Code::kRootDigestUnexpected, 709, "root_digest_unexpected"},
    {Code::kPathNotSigned, 710, "path_not_signed"},
    {Code::kArchiveMalformed, 720, "archive_malformed"},
    {Code::kArchiveTruncated, 721, "archive_truncated"},
    {Code::kArchiveTrailingData, 722, "archive_trailing_data"},
    {Code::kArchiveChecksumMismatch, 723, "archive_checksum_mismatch"},
    {Code::kArchiveMemberDuplicate, 724, "archive_member_duplicate"},
    {Code::kArchiveNameInvalid, 725, "archive_name_invalid"},
    {Code::kArchiveLink, 726, "archive_link"},
};

TEST(CodeTest, NamesAndNumbersAreStable) {
  for (const Row& row : kRows) {
    EXPECT_EQ(static_cast<int>(row.code), row.number) << row.name;
    EXPECT_EQ(name_of(row.code), row.name);
  }
}

TEST(CodeTest, NamesAndNumbersAreUnique) {
  std::set<std::string_view> names;
  std::set<int> numbers;
  for (const Row& row : kRows) {
    EXPECT_TRUE(names.insert(name_of(row.code)).second) << row.name;
    EXPECT_TRUE(numbers.insert(row.number).second) << row.number;
  }
}

// The numbers that a code has in the source, so that one added there and not here is noticed.
std::set<int> numbers_in_header() {
  const auto header = read_file(HALLMARK_SOURCE_DIR "/include/hallmark/base/error.h", 1 << 20);
  EXPECT_THAT(header, IsOk());
  std::set<int> numbers;
  const std::string_view text = *header;
  for (std::size_t at = 0; (at = text.find("  k", at)) != std::string_view::npos; ++at) {
    const std::string_view line = text.substr(at, text.find('\n', at) - at);
    const std::size_t value = line.find(" = ");
    if (value != std::string_view::npos)
      numbers.insert(std::stoi(std::string(line.substr(value + 3))));
  }
  return numbers;
}

TEST(CodeTest, EveryCodeOfTheHeaderIsCovered) {
  std::set<int> covered;
  for (const Row& row : kRows) covered.insert(row.number);
  EXPECT_EQ(numbers_in_header(), covered);
}

TEST(CodeTest, NamesAreSnakeCase) {
  for (const Row& row : kRows) {
    EXPECT_TRUE(std::all_of(row.name.begin(), row.name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    })) << row.name;
  }
}

TEST(CodeTest, TheHundredSaysWhatAFailureMeans) {
  for (const Row& row : kRows) {
    const Failure expected = row.number < 200   ? Failure::kUsage
                             : row.number < 300 ? Failure::kUndecided
                                                : Failure::kRejected;
    EXPECT_EQ(failure_of(row.code), expected) << row.name;
  }
  EXPECT_EQ(failure_of(Code::kUnsupported), Failure::kUsage);
  EXPECT_EQ(failure_of(Code::kIoError), Failure::kUndecided);
  EXPECT_EQ(failure_of(Code::kInternal), Failure::kUndecided);
  EXPECT_EQ(failure_of(Code::kJsonSyntax), Failure::kRejected);
  EXPECT_EQ(failure_of(Code::kNameTooLong), Failure::kRejected);
}

TEST(ErrorTest, IsSeenFromFurtherOut) {
  Error error{Code::kMemberMissing, "/a: missing member 'b'"};
  error = std::move(error).within("model.sig");
  error = std::move(error).within("verify");
  EXPECT_EQ(error.code, Code::kMemberMissing);
  EXPECT_EQ(error.message, "verify: model.sig: /a: missing member 'b'");
}

Result<int> half(int number) {
  if (number % 2 != 0) return fail(Code::kUsage, "odd");
  return number / 2;
}

Result<std::string> quarter(int number) {
  HALLMARK_ASSIGN_OR_RETURN(const int halved, half(number));
  int quartered = 0;
  HALLMARK_ASSIGN_OR_RETURN(quartered, half(halved));
  HALLMARK_TRY(half(0));
  return std::to_string(quartered);
}

TEST(ResultTest, MacrosPassFailuresOn) {
  EXPECT_THAT(quarter(8), IsOkWith(std::string("2")));
  EXPECT_THAT(quarter(7), FailsWith(Code::kUsage, "odd"));
  EXPECT_THAT(quarter(6), FailsWith(Code::kUsage, "odd"));
}

Result<std::unique_ptr<int>> make_owned() { return std::make_unique<int>(4); }

TEST(ResultTest, MacrosMoveValues) {
  const auto take = []() -> Result<int> {
    HALLMARK_ASSIGN_OR_RETURN(const std::unique_ptr<int> owned, make_owned());
    return *owned;
  };
  EXPECT_THAT(take(), IsOkWith(Eq(4)));
}

TEST(ResultDeathTest, BrokenInvariantsEndTheProcess) {
  EXPECT_DEATH(HALLMARK_CHECK(1 + 1 == 3), "broken invariant: 1 \\+ 1 == 3");
  EXPECT_DEATH(name_of(static_cast<Code>(1)), "broken invariant");
}

TEST(CancellationTest, FailsOnceAStopWasRequested) {
  Cancellation cancellation;
  EXPECT_FALSE(cancellation.requested());
  EXPECT_THAT(cancellation.check(), IsOk());
  cancellation.request();
  cancellation.request();
  EXPECT_TRUE(cancellation.requested());
  EXPECT_THAT(cancellation.check(), HasCode(Code::kCancelled));
}

TEST(CollectingLogTest, KeepsWarningsInOrder) {
  CollectingLog log;
  log.log(LogLevel::kInfo, "read the model");
  log.log(LogLevel::kWarning, "first");
  log.log(LogLevel::kDebug, "details");
  log.log(LogLevel::kWarning, "second");
  EXPECT_THAT(log.warnings(), ElementsAre("first", "second"));
}

}  // namespace
}  // namespace hallmark::base

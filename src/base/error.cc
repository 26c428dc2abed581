#include "hallmark/base/error.h"

#include <algorithm>
#include <array>

#include "hallmark/base/result.h"

namespace hallmark {
namespace {

struct CodeRow {
  Code code;
  std::string_view name;
};

constexpr auto kNames = std::to_array<CodeRow>({
    {Code::kUsage, "usage"},
    {Code::kPathOutsideModel, "path_outside_model"},
    {Code::kUnsupported, "unsupported"},
    {Code::kPkcs11UriInvalid, "pkcs11_uri_invalid"},

    {Code::kIoError, "io_error"},
    {Code::kNotFound, "not_found"},
    {Code::kFileChanged, "file_changed"},
    {Code::kCancelled, "cancelled"},
    {Code::kAlreadyExists, "already_exists"},
    {Code::kLimitExceeded, "limit_exceeded"},
    {Code::kKeyMalformed, "key_malformed"},
    {Code::kKeyUnsupported, "key_unsupported"},
    {Code::kPassphraseRequired, "passphrase_required"},
    {Code::kPassphraseWrong, "passphrase_wrong"},
    {Code::kCertificateUnreadable, "certificate_unreadable"},
    {Code::kRevocationListUnreadable, "revocation_list_unreadable"},
    {Code::kDigestListUnreadable, "digest_list_unreadable"},
    {Code::kSigningStateUnreadable, "signing_state_unreadable"},
    {Code::kTokenModuleUnusable, "token_module_unusable"},
    {Code::kTokenNotFound, "token_not_found"},
    {Code::kTokenAmbiguous, "token_ambiguous"},
    {Code::kTokenKeyNotFound, "token_key_not_found"},
    {Code::kTokenKeyAmbiguous, "token_key_ambiguous"},
    {Code::kTokenFailed, "token_failed"},
    {Code::kPinRequired, "pin_required"},
    {Code::kPinWrong, "pin_wrong"},
    {Code::kPinLocked, "pin_locked"},
    {Code::kPinFinalTry, "pin_final_try"},
    {Code::kArchiveUnsupported, "archive_unsupported"},
    {Code::kArchiveEncrypted, "archive_encrypted"},
    {Code::kInternal, "internal"},

    {Code::kJsonSyntax, "json_syntax"},
    {Code::kJsonDuplicateMember, "json_duplicate_member"},
    {Code::kJsonInvalidUtf8, "json_invalid_utf8"},
    {Code::kJsonTooDeep, "json_too_deep"},
    {Code::kJsonTooLarge, "json_too_large"},
    {Code::kJsonNumberRange, "json_number_range"},
    {Code::kJsonTrailingData, "json_trailing_data"},
    {Code::kMemberMissing, "member_missing"},
    {Code::kMemberUnknown, "member_unknown"},
    {Code::kMemberType, "member_type"},
    {Code::kBase64Malformed, "base64_malformed"},
    {Code::kHexMalformed, "hex_malformed"},
    {Code::kPemMalformed, "pem_malformed"},

    {Code::kMediaTypeMismatch, "media_type_mismatch"},
    {Code::kPayloadTypeMismatch, "payload_type_mismatch"},
    {Code::kSignatureCount, "signature_count"},
    {Code::kMaterialMismatch, "material_mismatch"},
    {Code::kKeyHintMismatch, "key_hint_mismatch"},
    {Code::kKeyDetailsMismatch, "key_details_mismatch"},
    {Code::kSignatureInvalid, "signature_invalid"},
    {Code::kLegacyEncodingMisused, "legacy_encoding_misused"},
    {Code::kCertificateCount, "certificate_count"},
    {Code::kSigningStateMismatch, "signing_state_mismatch"},
    {Code::kThresholdNotMet, "threshold_not_met"},

    {Code::kCertificateMalformed, "certificate_malformed"},
    {Code::kCertificateUntrusted, "certificate_untrusted"},
    {Code::kCertificateExpired, "certificate_expired"},
    {Code::kCertificateNotYetValid, "certificate_not_yet_valid"},
    {Code::kCertificateRevoked, "certificate_revoked"},
    {Code::kRevocationUnknown, "revocation_unknown"},
    {Code::kCertificateKeyUsage, "certificate_key_usage"},
    {Code::kCertificateExtendedKeyUsage, "certificate_extended_key_usage"},
    {Code::kCertificateIdentityMismatch, "certificate_identity_mismatch"},
    {Code::kCertificateWeak, "certificate_weak"},
    {Code::kCertificateInvalid, "certificate_invalid"},
    {Code::kCertificateKeyMismatch, "certificate_key_mismatch"},

    {Code::kStatementTypeMismatch, "statement_type_mismatch"},
    {Code::kPredicateTypeMismatch, "predicate_type_mismatch"},
    {Code::kSubjectCount, "subject_count"},
    {Code::kResourcesEmpty, "resources_empty"},
    {Code::kResourceNameInvalid, "resource_name_invalid"},
    {Code::kResourceNameDuplicate, "resource_name_duplicate"},
    {Code::kDigestMalformed, "digest_malformed"},
    {Code::kHashAlgorithmUnsupported, "hash_algorithm_unsupported"},
    {Code::kHashAlgorithmMismatch, "hash_algorithm_mismatch"},
    {Code::kSerializationMethodUnsupported, "serialization_method_unsupported"},
    {Code::kRootDigestMismatch, "root_digest_mismatch"},
    {Code::kIgnorePathInvalid, "ignore_path_invalid"},
    {Code::kShardNameInvalid, "shard_name_invalid"},
    {Code::kShardSizeInvalid, "shard_size_invalid"},
    {Code::kShardLayoutInvalid, "shard_layout_invalid"},

    {Code::kModelEmpty, "model_empty"},
    {Code::kModelDiffers, "model_differs"},
    {Code::kSymlinkRefused, "symlink_refused"},
    {Code::kSymlinkCycle, "symlink_cycle"},
    {Code::kSymlinkOutside, "symlink_outside"},
    {Code::kSymlinkDangling, "symlink_dangling"},
    {Code::kSpecialFile, "special_file"},
    {Code::kNameNotUtf8, "name_not_utf8"},
    {Code::kNameTooLong, "name_too_long"},
    {Code::kRootDigestUnexpected, "root_digest_unexpected"},
    {Code::kPathNotSigned, "path_not_signed"},
    {Code::kArchiveMalformed, "archive_malformed"},
    {Code::kArchiveTruncated, "archive_truncated"},
    {Code::kArchiveTrailingData, "archive_trailing_data"},
    {Code::kArchiveChecksumMismatch, "archive_checksum_mismatch"},
    {Code::kArchiveMemberDuplicate, "archive_member_duplicate"},
    {Code::kArchiveNameInvalid, "archive_name_invalid"},
    {Code::kArchiveLink, "archive_link"},
});

}  // namespace

std::string_view name_of(Code code) {
  const auto* row = std::find_if(kNames.begin(), kNames.end(),
                                 [code](const CodeRow& r) { return r.code == code; });
  HALLMARK_CHECK(row != kNames.end());
  return row->name;
}

Failure failure_of(Code code) {
  const auto number = static_cast<std::uint16_t>(code);
  if (number < 200) return Failure::kUsage;
  if (number < 300) return Failure::kUndecided;
  return Failure::kRejected;
}

Error Error::within(std::string_view where) && {
  message.insert(0, ": ");
  message.insert(0, where);
  return std::move(*this);
}

}  // namespace hallmark

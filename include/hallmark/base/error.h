#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hallmark {

/// What a failure means for the question that was asked.
enum class Failure : std::uint8_t {
  kUsage,      ///< The call itself was wrong; nothing was judged. Exit code 2.
  kRejected,   ///< The evidence was read and refused. Exit code 1.
  kUndecided,  ///< The evidence could not be read or judged. Exit code 3.
};

/// Every reason for which Hallmark stops. The list is closed and the numbers are stable: they are
/// mapped once to exit codes, and the names (see `name_of`) stand in reports and scripts.
enum class Code : std::uint16_t {
  // Usage.
  kUsage = 100,
  kPathOutsideModel = 101,
  kUnsupported = 102,
  kPkcs11UriInvalid = 103,

  // Undecided: the machine, the keys or the limits stood in the way.
  kIoError = 200,
  kNotFound = 201,
  kFileChanged = 202,
  kCancelled = 203,
  kAlreadyExists = 204,
  kLimitExceeded = 205,
  kKeyMalformed = 206,
  kKeyUnsupported = 207,
  kPassphraseRequired = 208,
  kPassphraseWrong = 209,
  kCertificateUnreadable = 210,
  kRevocationListUnreadable = 211,
  kDigestListUnreadable = 212,
  kSigningStateUnreadable = 213,
  kTokenModuleUnusable = 220,
  kTokenNotFound = 221,
  kTokenAmbiguous = 222,
  kTokenKeyNotFound = 223,
  kTokenKeyAmbiguous = 224,
  kTokenFailed = 225,
  kPinRequired = 226,
  kPinWrong = 227,
  kPinLocked = 228,
  kPinFinalTry = 229,
  kArchiveUnsupported = 240,
  kArchiveEncrypted = 241,
  kInternal = 299,

  // Rejected: text and JSON (RFC 8259, RFC 4648, RFC 7468).
  kJsonSyntax = 300,
  kJsonDuplicateMember = 301,
  kJsonInvalidUtf8 = 302,
  kJsonTooDeep = 303,
  kJsonTooLarge = 304,
  kJsonNumberRange = 305,
  kJsonTrailingData = 306,
  kMemberMissing = 307,
  kMemberUnknown = 308,
  kMemberType = 309,
  kBase64Malformed = 310,
  kHexMalformed = 311,
  kPemMalformed = 312,

  // Rejected: bundle and envelope (Sigstore bundle v0.3, DSSE v1).
  kMediaTypeMismatch = 400,
  kPayloadTypeMismatch = 401,
  kSignatureCount = 402,
  kMaterialMismatch = 403,
  kKeyHintMismatch = 404,
  kKeyDetailsMismatch = 405,
  kSignatureInvalid = 406,
  kLegacyEncodingMisused = 407,
  kCertificateCount = 408,
  kSigningStateMismatch = 409,
  kThresholdNotMet = 410,

  // Rejected: certificates (RFC 5280).
  kCertificateMalformed = 500,
  kCertificateUntrusted = 501,
  kCertificateExpired = 502,
  kCertificateNotYetValid = 503,
  kCertificateRevoked = 504,
  kRevocationUnknown = 505,
  kCertificateKeyUsage = 506,
  kCertificateExtendedKeyUsage = 507,
  kCertificateIdentityMismatch = 508,
  kCertificateWeak = 509,
  kCertificateInvalid = 510,
  kCertificateKeyMismatch = 511,

  // Rejected: statement (in-toto Statement v1, OMS v1.0 section 5).
  kStatementTypeMismatch = 600,
  kPredicateTypeMismatch = 601,
  kSubjectCount = 602,
  kResourcesEmpty = 603,
  kResourceNameInvalid = 604,
  kResourceNameDuplicate = 605,
  kDigestMalformed = 606,
  kHashAlgorithmUnsupported = 607,
  kHashAlgorithmMismatch = 608,
  kSerializationMethodUnsupported = 609,
  kRootDigestMismatch = 610,
  kIgnorePathInvalid = 611,
  kShardNameInvalid = 612,
  kShardSizeInvalid = 613,
  kShardLayoutInvalid = 614,

  // Rejected: the model itself (OMS v1.0 section 6).
  kModelEmpty = 700,
  kModelDiffers = 701,
  kSymlinkRefused = 702,
  kSymlinkCycle = 703,
  kSymlinkOutside = 704,
  kSymlinkDangling = 705,
  kSpecialFile = 706,
  kNameNotUtf8 = 707,
  kNameTooLong = 708,
  kRootDigestUnexpected = 709,
  kPathNotSigned = 710,
  kArchiveMalformed = 720,
  kArchiveTruncated = 721,
  kArchiveTrailingData = 722,
  kArchiveChecksumMismatch = 723,
  kArchiveMemberDuplicate = 724,
  kArchiveNameInvalid = 725,
  kArchiveLink = 726,
};

/// The stable name of a code, in snake case, as it stands in reports: "signature_invalid".
std::string_view name_of(Code code);

/// What a code means for the question asked.
Failure failure_of(Code code);

/// One failure: its code and a sentence that says what, where, expected and found. The message
/// starts in lower case, has no full stop, and never holds a secret.
struct Error {
  Code code = Code::kInternal;
  std::string message;

  /// The same failure seen from further out: `where` is put before the message, as in
  /// "model.sig: /dsseEnvelope: missing member".
  Error within(std::string_view where) &&;
};

}  // namespace hallmark

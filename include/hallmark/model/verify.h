#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/attest/verify.h"
#include "hallmark/base/result.h"
#include "hallmark/manifest/archive.h"
#include "hallmark/manifest/compare.h"
#include "hallmark/manifest/measure.h"
#include "hallmark/model/context.h"
#include "hallmark/model/expected_signer.h"
#include "hallmark/model/options.h"

namespace hallmark::model {

/// What a verifier asks for beyond "the whole model, wherever it comes from".
struct VerifyScope {
  /// A directory outside the model to whose files its links may lead. Without one, a snapshot in
  /// the cache of a Hugging Face client may have links to the blobs beside it.
  std::optional<std::string> links_into;
  /// Only these paths, as the user gives them, are verified, with everything beneath each. Fails
  /// with kPathNotSigned where nothing of one is signed.
  std::vector<std::string> only;
  /// The root digest that must have been signed; another fails with kRootDigestUnexpected.
  std::optional<hash::Digest> root_digest;
};

/// A file of git in the place of a large one that git-lfs keeps elsewhere.
struct PointerInstead {
  std::string path;
  bool to_what_was_signed = false;  ///< It stands for the contents that were signed.
};

struct VerifyRequest {
  std::string model;
  std::string signature;
  /// `allow_symlinks` here adds to what the signature says; hash parameters always come from the
  /// signature.
  FileOptions files;
  manifest::UnsignedFiles unsigned_files = manifest::UnsignedFiles::kReport;
  ExpectedSigner expected_signer;
  VerifyScope scope = {};
  manifest::ArchiveLimits archive_limits = {};
};

/// The archive that the model was found in.
struct ArchiveReport {
  manifest::ArchiveForm form = manifest::ArchiveForm::kTar;
  /// The folder in it that is the model; nothing where the model is all of the archive, and when
  /// nothing was compared.
  std::optional<std::string> folder;
};

enum class Verdict : std::uint8_t { kVerified, kRejected, kUndecided };

/// "verified", "rejected", "undecided".
std::string_view to_string(Verdict verdict);

/// What came of verifying, with as much as was found out before it stopped.
struct VerifyReport {
  /// Empty only when the model is verified; says why not otherwise. A usage error is here too.
  std::optional<Error> problem = Error{Code::kInternal, "nothing was verified"};
  /// Who signed, once the signature itself was found good.
  std::optional<attest::VerifiedSigner> signer;
  std::string subject;                            ///< The model's name as signed.
  std::optional<hash::Digest> digest;             ///< The root digest as signed.
  std::uint64_t files = 0;                        ///< Signed files.
  HashingOptions hashing;                         ///< How the signed files were hashed.
  std::vector<manifest::Difference> differences;  ///< All of them, when `problem` is kModelDiffers.
  std::vector<std::string> ignore_paths;          ///< As signed: what was ignored, and is again.
  /// Paths that are there and were ignored, by the signature's rules or the caller's; the signature
  /// itself is not among them. Signed files beneath them were looked at all the same.
  std::vector<std::string> ignored_present;
  /// A directory was verified against a statement that may be about a single file of its name.
  bool directory_for_file = false;
  /// Empty files of the model, where shards were signed: no signature covers them.
  std::vector<std::string> files_without_shard;
  /// Files whose digests the digest cache knew: verified as they were when they were hashed.
  std::uint64_t files_not_read = 0;
  /// Links were followed because the caller allowed it, not the signature.
  bool symlinks_allowed_by_caller = false;
  /// The directory outside the model that its links might lead into.
  std::optional<std::string> links_into;
  bool partial = false;             ///< Only some paths were to be verified.
  std::uint64_t files_checked = 0;  ///< Of the signed files, those that were to be verified.
  /// Changed files that only point to contents elsewhere; some of them, when there are many.
  std::vector<PointerInstead> lfs_pointers;
  /// Set when the members of an archive were signed, not the archive itself.
  std::optional<ArchiveReport> archive;

  [[nodiscard]] Verdict verdict() const;
};

/// Verifies a model: the signature first, then every file of the model against what was signed. A
/// single file whose name is that of an archive (manifest::archive_form_of) stands for the files in
/// it, unless it is itself the one signed file.
VerifyReport verify_model(const VerifyRequest& request, const Context& context);

}  // namespace hallmark::model

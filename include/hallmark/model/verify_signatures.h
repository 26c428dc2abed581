#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/model/context.h"
#include "hallmark/model/expected_signer.h"
#include "hallmark/model/options.h"
#include "hallmark/model/verify.h"

namespace hallmark::model {

/// Several signatures of one model, by several signers (docs/guide/multiple-signatures.md).
struct SignaturesRequest {
  std::string model;
  std::vector<std::string> signatures;  ///< At least one.
  std::vector<ExpectedSigner> signers;  ///< Whoever is accepted; at least one.
  FileOptions files;                    ///< As in VerifyRequest.
  VerifyScope scope;                    ///< As in VerifyRequest.
  manifest::UnsignedFiles unsigned_files = manifest::UnsignedFiles::kReport;
  /// How many different signers are needed, from 1 to the number of signatures. Nothing: every
  /// signature has to be verified.
  std::optional<std::size_t> threshold;
  manifest::ArchiveLimits archive_limits = {};
};

/// What came of one of the signatures.
struct JudgedSignature {
  VerifyReport report;   ///< As if it were the only one.
  bool counted = false;  ///< It is verified, and the first one of its signer.
};

struct SignaturesReport {
  /// Empty only when the model is verified.
  std::optional<Error> problem = Error{Code::kInternal, "nothing was verified"};
  /// In the order of the request; empty when nothing was judged.
  std::vector<JudgedSignature> signatures;
  /// Different public keys among the verified signatures: two signatures, or two certificates, of
  /// one key are one signer.
  std::size_t signers = 0;

  [[nodiscard]] Verdict verdict() const;
};

/// Verifies a model against several signatures. A signature is verified when one of the signers
/// made it and the files are what it says. What the files hold is read once for every way of
/// hashing, and an archive once for every signature of the files in it.
///
/// With a threshold the model is verified when so many different signers have a verified signature;
/// signatures that are rejected do not count. It is kThresholdNotMet when there are too few even if
/// everything that is undecided were verified, and undecided, with the first such failure,
/// otherwise. Without one the first rejected signature decides, then the first undecided one.
///
/// A file that changes while it is read, or a cancellation, leaves the model undecided, however
/// many signers count. Fails with kUsage when the threshold is no number that can be reached.
SignaturesReport verify_signatures(const SignaturesRequest& request, const Context& context);

}  // namespace hallmark::model

#pragma once

#include <span>
#include <string>

#include "hallmark/attest/verify.h"
#include "hallmark/base/result.h"
#include "hallmark/manifest/measure.h"
#include "hallmark/manifest/remembered.h"
#include "hallmark/manifest/tree.h"
#include "hallmark/model/context.h"
#include "hallmark/model/verify.h"

namespace hallmark::model {

/// How files are compared with what a signature says.
struct FileCheck {
  const FileOptions& files;
  const VerifyScope& scope;
  manifest::UnsignedFiles unsigned_files = manifest::UnsignedFiles::kReport;
  std::span<const std::string> signatures;  ///< All that are verified: they may be in the model.
  /// What was read for another signature of the model is not read again. A file that changed since
  /// is kFileChanged.
  manifest::RememberedDigests* remembered = nullptr;
  manifest::ArchiveLimits archive_limits = {};
};

/// The second half of `verify_model`: tells in `report` what was signed, and compares it with the
/// files. `chosen` is what `choose_files` gave for these signatures.
Result<void> check_files(const manifest::ModelTree& tree, manifest::MeasureOptions chosen,
                         attest::VerifiedStatement verified, const FileCheck& check,
                         const Context& context, VerifyReport& report);

}  // namespace hallmark::model

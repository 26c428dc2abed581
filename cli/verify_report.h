#pragma once

#include <string>

#include "hallmark/base/json.h"
#include "hallmark/model/verify.h"

namespace hallmark::cli {

/// What a verification has looked at, for reports.
struct Viewed {
  bool unsigned_files_ignored = false;  ///< --ignore-unsigned-files
};

/// The members of a report about one signature, from `subject` to `differences`.
base::JsonObject verified_as_members(const model::VerifyReport& verified, Viewed viewed);

/// "my-model (3 files, sha256:...)"
std::string model_as_text(const model::VerifyReport& verified);

/// What a verdict of "verified" means.
std::string message_of_success(const model::VerifyReport& verified);

/// What was found against the model.
std::string findings_as_text(const model::VerifyReport& verified);

/// What the verdict does not cover, or covers by the caller's leave.
std::string notes_as_text(const model::VerifyReport& verified, Viewed viewed);

}  // namespace hallmark::cli

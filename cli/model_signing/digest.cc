#include "hallmark/model/digest.h"

#include "cli/model_signing/files.h"
#include "cli/model_signing/operations.h"

namespace hallmark::cli::model_signing {
namespace {

Result<model::DigestReport> digest_files(const Invocation& call, const model::Context& context) {
  HALLMARK_ASSIGN_OR_RETURN(const model::FileOptions files, choose_files(call, context.log));
  return model::digest_model(call.model, files, {}, model::Compatibility::kReference, context);
}

}  // namespace

Outcome digest(const Invocation& call, const model::Context& context) {
  Outcome outcome;
  auto digested = digest_files(call, context);
  if (digested) {
    outcome.result = digested->digest.to_string() + "\n";
  } else {
    outcome.problem = std::move(digested.error());
  }
  return outcome;
}

}  // namespace hallmark::cli::model_signing

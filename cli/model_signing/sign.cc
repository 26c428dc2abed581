#include "hallmark/model/sign.h"

#include "cli/model_signing/files.h"
#include "cli/model_signing/operations.h"
#include "cli/model_signing/signer.h"
#include "cli/process_guards.h"

namespace hallmark::cli::model_signing {
namespace {

Result<model::SignRequest> make_request(const Invocation& call, base::LogSink& log) {
  model::SignRequest request;
  request.model = call.model;
  request.signature = call.options.value("--signature").value_or(request.signature);
  request.compatibility = model::Compatibility::kReference;
  HALLMARK_ASSIGN_OR_RETURN(request.files, choose_files(call, log));
  HALLMARK_ASSIGN_OR_RETURN(request.chain, load_chain(call, log));
  return request;
}

Result<void> sign_with_key(const Invocation& call, const model::Context& context) {
  if (call.method == "sigstore") return fail(not_available(call));
  const NoCoreFiles guard;
  HALLMARK_ASSIGN_OR_RETURN(const auto signer, open_signer(call, context));
  HALLMARK_ASSIGN_OR_RETURN(const model::SignRequest request, make_request(call, context.log));
  HALLMARK_TRY(model::sign_model(request, *signer, context));
  return {};
}

}  // namespace

Outcome sign(const Invocation& call, const model::Context& context) {
  Outcome outcome;
  auto done = sign_with_key(call, context);
  if (!done) outcome.problem = std::move(done.error());
  outcome.result = "Signing succeeded\n";
  return outcome;
}

}  // namespace hallmark::cli::model_signing

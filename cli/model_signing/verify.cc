#include "hallmark/model/verify.h"

#include <algorithm>
#include <span>

#include <fmt/core.h>

#include "cli/key_files.h"
#include "cli/model_signing/files.h"
#include "cli/model_signing/fingerprints.h"
#include "cli/model_signing/operations.h"
#include "cli/model_signing/signer.h"
#include "cli/verify_report.h"
#include "hallmark/base/utf8.h"
#include "hallmark/model/inspect.h"

namespace hallmark::cli::model_signing {
namespace {

std::string signature_of(const Invocation& call) {
  return call.options.value("--signature").value_or("");
}

// Before anything is verified, so that also the certificates of a bad signature are told.
void log_all_fingerprints(const Invocation& call, const crypto::TrustAnchors& anchors,
                          base::LogSink& log) {
  if (anchors.trust_system_roots) {
    log.log(base::LogLevel::kInfo, "[  init  ] the roots of this machine, which are not listed");
  }
  log_fingerprints("init", anchors.certificates, log);
  const auto contents = model::inspect_signature(signature_of(call));
  if (!contents) return;
  const auto* material = std::get_if<attest::CertificateMaterial>(&contents->bundle.material);
  if (material == nullptr) return;
  const std::span chain(material->chain);
  log_fingerprints("verify", chain.subspan(1), log);  // The signer's comes last.
  log_fingerprints("verify", chain.first(1), log);
}

Result<attest::CertificateExpectations> load_trust(const Invocation& call, base::LogSink& log) {
  attest::CertificateExpectations expectations;
  const auto chain = call.options.values("--certificate-chain");
  HALLMARK_ASSIGN_OR_RETURN(expectations.anchors.certificates, load_certificates(chain));
  if (chain.empty()) {
    expectations.anchors.trust_system_roots = true;
    log.log(base::LogLevel::kWarning,
            "without --certificate-chain the roots of this machine are trusted: any owner of a "
            "public certificate for signing code could have signed");
  }
  if (call.options.is_on("--log-fingerprints", /*otherwise=*/false)) {
    log_all_fingerprints(call, expectations.anchors, log);
  }
  return expectations;
}

Result<model::ExpectedSigner> load_expected_signer(const Invocation& call, base::LogSink& log) {
  if (call.method == "key") {
    HALLMARK_ASSIGN_OR_RETURN(crypto::PublicKey key,
                              load_public_key(call.options.value("--public-key").value_or("")));
    return model::ExpectedSigner(std::move(key));
  }
  if (call.method == "certificate") {
    HALLMARK_ASSIGN_OR_RETURN(attest::CertificateExpectations trust, load_trust(call, log));
    return model::ExpectedSigner(std::move(trust));
  }
  return fail(not_available(call));
}

Result<model::VerifyRequest> make_request(const Invocation& call, base::LogSink& log) {
  HALLMARK_ASSIGN_OR_RETURN(model::ExpectedSigner signer, load_expected_signer(call, log));
  HALLMARK_ASSIGN_OR_RETURN(model::FileOptions files, choose_files(call, log));
  const bool ignore_unsigned = call.options.is_on("--ignore-unsigned-files", /*otherwise=*/false);
  return model::VerifyRequest{
      call.model, signature_of(call), std::move(files),
      ignore_unsigned ? manifest::UnsignedFiles::kIgnore : manifest::UnsignedFiles::kReport,
      std::move(signer)};
}

// What "succeeded" does not cover, or covers by somebody's leave.
void log_limits(const model::VerifyReport& verified, const std::string& notes, base::LogSink& log) {
  for (const std::string& path : verified.files_without_shard) {
    log.log(base::LogLevel::kWarning,
            fmt::format("'{}' is empty and nobody signed it, as shards cover no empty files",
                        base::escape_for_display(path)));
  }
  std::string_view rest = notes;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    log.log(base::LogLevel::kInfo, line);
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
}

}  // namespace

Outcome verify(const Invocation& call, const model::Context& context) {
  Outcome outcome;
  auto request = make_request(call, context.log);
  if (!request) {
    outcome.problem = std::move(request.error());
    return outcome;
  }
  model::VerifyReport verified = model::verify_model(*request, context);
  const bool ignored = request->unsigned_files == manifest::UnsignedFiles::kIgnore;
  const std::string notes = notes_as_text(verified, {.unsigned_files_ignored = ignored});
  if (verified.verdict() == model::Verdict::kVerified) {
    outcome.result = "Verification succeeded\n";
    log_limits(verified, notes, context.log);
  }
  outcome.details = findings_as_text(verified) + notes;
  outcome.problem = std::move(verified.problem);
  return outcome;
}

}  // namespace hallmark::cli::model_signing

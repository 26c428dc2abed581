#include <fmt/core.h>

#include "cli/archive_option.h"
#include "cli/cache_option.h"
#include "cli/command.h"
#include "cli/key_files.h"
#include "cli/scope_options.h"
#include "cli/shared_options.h"
#include "cli/trust_options.h"
#include "cli/verify_report.h"
#include "hallmark/model/verify.h"

namespace hallmark::cli {
namespace {

enum class SignerMethod : std::uint8_t { kKey, kCertificate };

struct VerifyOptions {
  SignerMethod method = SignerMethod::kKey;
  std::string model;
  std::string signature;
  model::FileOptions files;
  bool ignore_unsigned_files = false;
  CacheChoice cache;
  ScopeChoice scope;
  ArchiveChoice archive;

  std::string public_key;

  TrustChoice trust;
  std::optional<std::string> identity;
};

Result<attest::CertificateExpectations> load_expectations(const VerifyOptions& options) {
  if (options.identity && options.identity->empty()) {
    return fail(Code::kUsage, "--certificate-identity is empty, expected a name");
  }
  HALLMARK_ASSIGN_OR_RETURN(crypto::TrustAnchors anchors, load_anchors(options.trust));
  return attest::CertificateExpectations{std::move(anchors), options.identity};
}

Result<model::VerifyRequest> make_request(const VerifyOptions& options,
                                          const model::Context& context) {
  model::FileOptions files = options.files;
  HALLMARK_TRY(choose_cache(options.cache, files, context.log));
  HALLMARK_ASSIGN_OR_RETURN(model::VerifyScope scope, parse_scope(options.scope));
  HALLMARK_ASSIGN_OR_RETURN(const manifest::ArchiveLimits limits,
                            parse_archive_limits(options.archive));
  const auto unsigned_files = options.ignore_unsigned_files ? manifest::UnsignedFiles::kIgnore
                                                            : manifest::UnsignedFiles::kReport;
  if (options.method == SignerMethod::kKey) {
    HALLMARK_ASSIGN_OR_RETURN(crypto::PublicKey key, load_public_key(options.public_key));
    return model::VerifyRequest{options.model,  options.signature, files, unsigned_files,
                                std::move(key), std::move(scope),  limits};
  }
  HALLMARK_ASSIGN_OR_RETURN(attest::CertificateExpectations expectations,
                            load_expectations(options));
  return model::VerifyRequest{options.model,           options.signature, files, unsigned_files,
                              std::move(expectations), std::move(scope),  limits};
}

std::string as_text(const VerifyOptions& options, const model::VerifyReport& verified) {
  std::string text;
  if (verified.verdict() == model::Verdict::kVerified) {
    text += fmt::format("verified  {}\nsigned by {}\n", model_as_text(verified),
                        signer_as_text(*verified.signer));
  }
  return text + findings_as_text(verified) +
         notes_as_text(verified, {options.ignore_unsigned_files});
}

base::JsonObject as_members(const VerifyOptions& options, const model::VerifyReport& verified) {
  base::JsonObject members = {{"model", options.model}, {"signature", options.signature}};
  append(members, verified_as_members(verified, {options.ignore_unsigned_files}));
  return members;
}

CommandReport run(const VerifyOptions& options, const model::Context& context) {
  model::VerifyReport verified;
  auto request = make_request(options, context);
  if (request) {
    verified = model::verify_model(*request, context);
  } else {
    verified.problem = std::move(request.error());
  }
  CommandReport report;
  report.judges = true;
  report.message = message_of_success(verified);
  report.members = as_members(options, verified);
  report.text = as_text(options, verified);
  report.problem = std::move(verified.problem);
  return report;
}

void add_common(Command command, VerifyOptions& options) {
  add_model_options(command, options.model, options.files);
  command.add_option("--signature", options.signature, "PATH", "The signature",
                     Presence::kRequired);
  command.add_flag("--ignore-unsigned-files,!--no-ignore-unsigned-files",
                   options.ignore_unsigned_files,
                   "Do not look at files that the signature does not name");
  add_cache_option(command, options.cache);
  add_scope_options(command, options.scope);
  add_archive_option(command, options.archive);
}

void on_chosen(Command command, const std::string& method, std::shared_ptr<VerifyOptions> options,
               Selection& selection) {
  command.on_chosen([options = std::move(options), method, &selection] {
    selection.name = "verify " + method;
    selection.run = [options](const model::Context& context) { return run(*options, context); };
  });
}

void add_key_method(Command verify, Selection& selection) {
  Command command =
      add_command(verify, "key", "Verify that a certain key signed", "verify", selection);
  auto options = std::make_shared<VerifyOptions>();
  options->method = SignerMethod::kKey;
  add_common(command, *options);
  command.add_option("--public-key", options->public_key, "PATH", "Public key of the signer, PEM",
                     Presence::kRequired);
  on_chosen(command, "key", std::move(options), selection);
}

void add_certificate_method(Command verify, Selection& selection) {
  Command command =
      add_command(verify, "certificate", "Verify that a certified key signed", "verify", selection);
  auto options = std::make_shared<VerifyOptions>();
  options->method = SignerMethod::kCertificate;
  add_common(command, *options);
  add_trust_options(command, options->trust);
  command.add_option("--certificate-identity", options->identity, "NAME",
                     "E-mail address (with @), URI (with its scheme) or DNS name that the signer's "
                     "certificate must have");
  on_chosen(command, "certificate", std::move(options), selection);
}

}  // namespace

void add_verify(Command program, Selection& selection) {
  Command verify = program.add_command("verify", "Verify a model against a signature");
  add_key_method(verify, selection);
  add_certificate_method(verify, selection);
  add_verify_any(verify, selection);
}

}  // namespace hallmark::cli

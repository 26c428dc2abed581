#include <fmt/core.h>

#include "cli/command.h"
#include "cli/content_options.h"
#include "cli/key_files.h"
#include "cli/process_guards.h"
#include "cli/shared_options.h"
#include "hallmark/base/utf8.h"
#include "hallmark/crypto/signature.h"
#include "hallmark/model/sign.h"

namespace hallmark::cli {
namespace {

struct SignOptions {
  ContentChoice content;
  std::string private_key;
  PassphraseOptions passphrase;
  std::string certificate;
  std::vector<std::string> chain;
};

Result<model::SignReport> sign(SignOptions& options, const model::Context& context) {
  HALLMARK_TRY(resolve_content(options.content, context));
  model::SignRequest& request = options.content.request;
  if (!options.certificate.empty()) {
    HALLMARK_ASSIGN_OR_RETURN(request.chain,
                              load_signing_chain(options.certificate, options.chain));
  }
  const NoCoreFiles guard;
  UserPassphrase passphrase(options.passphrase, context.log, context.cancellation);
  HALLMARK_ASSIGN_OR_RETURN(crypto::PrivateKey key,
                            load_private_key(options.private_key, passphrase));
  crypto::PrivateKeySigner signer(std::move(key));
  return model::sign_model(request, signer, context);
}

std::string as_text(const SignOptions& options, const model::SignReport& signed_model) {
  const std::string text = fmt::format(
      "signed    {} ({} {}, {})\nsignature {}\n", base::escape_for_display(signed_model.subject),
      signed_model.files, signed_model.files == 1 ? "file" : "files",
      signed_model.digest.to_string(), base::escape_for_display(options.content.request.signature));
  return text + content_notes_as_text(options.content, signed_model);
}

CommandReport run(SignOptions& options, const model::Context& context) {
  CommandReport report;
  auto signed_model = sign(options, context);
  report.members = content_as_members(options.content, signed_model ? &*signed_model : nullptr);
  if (!signed_model) {
    report.problem = std::move(signed_model.error());
    return report;
  }
  report.message = "the model is signed";
  report.text = as_text(options, *signed_model);
  return report;
}

void add_method(Command sign, const std::string& method, const std::string& summary,
                Selection& selection) {
  Command command = add_command(sign, method, summary, "sign", selection);
  auto options = std::make_shared<SignOptions>();
  model::SignRequest& request = options->content.request;
  add_model_options(command, request.model, request.files);
  command.add_option("--signature", request.signature, "PATH",
                     "Where the signature goes (default: model.sig in the current directory)");
  add_private_key_options(command, options->private_key, options->passphrase);
  if (method == "certificate") {
    command.add_option("--signing-certificate", options->certificate, "PATH",
                       "Certificate of the private key, PEM", Presence::kRequired);
    command.add_repeatable("--certificate-chain", options->chain, "PATH",
                           "Certificates that go along, PEM");
  }
  add_content_options(command, options->content, "--public-key");
  command.on_chosen([options, method, &selection] {
    selection.name = "sign " + method;
    selection.run = [options](const model::Context& context) { return run(*options, context); };
  });
}

}  // namespace

void add_sign(Command program, Selection& selection) {
  Command sign = program.add_command("sign", "Sign a model");
  add_method(sign, "key", "Sign with a private key", selection);
  add_method(sign, "certificate", "Sign with a private key and its certificate", selection);
  add_sign_prepare(sign, selection);
  add_sign_attach(sign, selection);
}

}  // namespace hallmark::cli

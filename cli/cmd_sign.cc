#include <fmt/core.h>

#include "cli/command.h"
#include "cli/content_options.h"
#include "cli/key_files.h"
#include "cli/process_guards.h"
#include "cli/shared_options.h"
#include "cli/token_key.h"
#include "hallmark/base/utf8.h"
#include "hallmark/crypto/signature.h"
#include "hallmark/model/sign.h"

namespace hallmark::cli {
namespace {

// What signs, and whether a certificate goes along.
struct Method {
  const char* name;
  const char* summary;
  bool on_token;
  bool certified;
};

constexpr Method kMethods[] = {
    {"key", "Sign with a private key", false, false},
    {"certificate", "Sign with a private key and its certificate", false, true},
    {"pkcs11-key", "Sign with a private key on a PKCS #11 token", true, false},
    {"pkcs11-certificate", "Sign with a private key on a PKCS #11 token and its certificate", true,
     true},
};

struct SignOptions {
  explicit SignOptions(const Method& chosen) : method(chosen) {}

  Method method;
  ContentChoice content;
  std::string private_key;
  std::string pkcs11_uri;
  PassphraseOptions passphrase;
  std::string certificate;
  std::vector<std::string> chain;
};

Result<std::unique_ptr<crypto::Signer>> open_signer(const SignOptions& options,
                                                    const model::Context& context) {
  if (options.method.on_token) {
    return open_token_key(options.pkcs11_uri, context.log, context.cancellation);
  }
  UserPassphrase passphrase(options.passphrase, context.log, context.cancellation);
  HALLMARK_ASSIGN_OR_RETURN(crypto::PrivateKey key,
                            load_private_key(options.private_key, passphrase));
  return std::make_unique<crypto::PrivateKeySigner>(std::move(key));
}

Result<model::SignReport> sign(SignOptions& options, const model::Context& context) {
  HALLMARK_TRY(resolve_content(options.content, context));
  model::SignRequest& request = options.content.request;
  if (!options.certificate.empty()) {
    HALLMARK_ASSIGN_OR_RETURN(request.chain,
                              load_signing_chain(options.certificate, options.chain));
  }
  const NoCoreFiles guard;
  HALLMARK_ASSIGN_OR_RETURN(const std::unique_ptr<crypto::Signer> signer,
                            open_signer(options, context));
  return model::sign_model(request, *signer, context);
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

void add_key_options(Command command, SignOptions& options) {
  if (options.method.on_token) {
    command.add_option("--pkcs11-uri", options.pkcs11_uri, "URI",
                       "Private key on a token, and the module that leads to it (RFC 7512)",
                       Presence::kRequired);
  } else {
    add_private_key_options(command, options.private_key, options.passphrase);
  }
  if (options.method.certified) {
    command.add_option("--signing-certificate", options.certificate, "PATH",
                       "Certificate of the private key, PEM", Presence::kRequired);
    command.add_repeatable("--certificate-chain", options.chain, "PATH",
                           "Certificates that go along, PEM");
  }
}

void add_method(Command sign, const Method& method, Selection& selection) {
  Command command = add_command(sign, method.name, method.summary, "sign", selection);
  auto options = std::make_shared<SignOptions>(method);
  model::SignRequest& request = options->content.request;
  add_model_options(command, request.model, request.files);
  command.add_option("--signature", request.signature, "PATH",
                     "Where the signature goes (default: model.sig in the current directory)");
  add_key_options(command, *options);
  add_content_options(command, options->content, "--public-key");
  command.on_chosen([options, &selection] {
    selection.name = std::string("sign ") + options->method.name;
    selection.run = [options](const model::Context& context) { return run(*options, context); };
  });
}

}  // namespace

void add_sign(Command program, Selection& selection) {
  Command sign = program.add_command("sign", "Sign a model");
  for (const Method& method : kMethods) add_method(sign, method, selection);
  add_sign_prepare(sign, selection);
  add_sign_attach(sign, selection);
}

}  // namespace hallmark::cli

#include <fmt/core.h>

#include "cli/command.h"
#include "cli/key_files.h"
#include "cli/process_guards.h"
#include "cli/shared_options.h"
#include "cli/token_key.h"
#include "hallmark/base/durable_file.h"
#include "hallmark/base/utf8.h"

namespace hallmark::cli {
namespace {

struct PublicOptions {
  std::string private_key;
  PassphraseOptions passphrase;
  std::string pkcs11_uri;
  std::string output;
};

Result<crypto::PublicKey> read_public_key(const PublicOptions& options,
                                          const model::Context& context) {
  if (options.private_key.empty() == options.pkcs11_uri.empty()) {
    return fail(Code::kUsage, "give --private-key or --pkcs11-uri, one of them");
  }
  const bool has_passphrase =
      !options.passphrase.file.empty() || options.passphrase.argument.has_value();
  if (has_passphrase && options.private_key.empty()) {
    return fail(Code::kUsage, "--password-file and --password go with --private-key");
  }
  const NoCoreFiles guard;
  if (!options.pkcs11_uri.empty()) {
    HALLMARK_ASSIGN_OR_RETURN(
        const std::unique_ptr<crypto::Signer> signer,
        open_token_key(options.pkcs11_uri, context.log, context.cancellation));
    return signer->public_key();
  }
  UserPassphrase passphrase(options.passphrase, context.log, context.cancellation);
  HALLMARK_ASSIGN_OR_RETURN(const crypto::PrivateKey key,
                            load_private_key(options.private_key, passphrase));
  return key.public_key();
}

Result<crypto::PublicKey> write_public_key(const PublicOptions& options,
                                           const model::Context& context) {
  HALLMARK_ASSIGN_OR_RETURN(crypto::PublicKey key, read_public_key(options, context));
  HALLMARK_TRY(base::write_durably(options.output, bytes_of(key.to_pem()),
                                   {.existing = base::Existing::kRefuse}));
  return key;
}

CommandReport run(const PublicOptions& options, const model::Context& context) {
  CommandReport report;
  auto key = write_public_key(options, context);
  report.members = {
      {"public_key", options.output},
      {"key_type", key ? base::JsonValue(crypto::to_string(key->type())) : nullptr},
      {"key_hint", key ? base::JsonValue(key->hint()) : nullptr},
  };
  if (!key) {
    report.problem = std::move(key.error());
    return report;
  }
  report.message = "the public key is written";
  report.text =
      fmt::format("public key  {} ({})\nkey hint    {}\n", base::escape_for_display(options.output),
                  crypto::to_string(key->type()), key->hint());
  return report;
}

}  // namespace

void add_key_public(Command key, Selection& selection) {
  Command command =
      add_command(key, "public", "Write the public key of a private key", "key_public", selection);
  auto options = std::make_shared<PublicOptions>();
  add_private_key_options(command, options->private_key, options->passphrase, Presence::kOptional);
  command.add_option("--pkcs11-uri", options->pkcs11_uri, "URI",
                     "Private key on a token, instead of one in a file (RFC 7512)");
  command.add_option("--output", options->output, "PATH", "Where the public key goes, PEM",
                     Presence::kRequired);
  command.on_chosen([options, &selection] {
    selection.name = "key public";
    selection.run = [options](const model::Context& context) { return run(*options, context); };
  });
}

}  // namespace hallmark::cli

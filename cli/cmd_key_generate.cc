#include <unistd.h>

#include <fmt/core.h>

#include "cli/command.h"
#include "cli/process_guards.h"
#include "cli/shared_options.h"
#include "hallmark/base/durable_file.h"
#include "hallmark/base/utf8.h"

namespace hallmark::cli {
namespace {

struct GenerateOptions {
  std::string algorithm = "p256";
  std::string output;
  std::string passphrase_file;
};

crypto::KeyType type_of(const std::string& algorithm) {
  if (algorithm == "p384") return crypto::KeyType::kP384;
  return algorithm == "p521" ? crypto::KeyType::kP521 : crypto::KeyType::kP256;
}

Result<void> check_free(const std::string& path) {
  if (::access(path.c_str(), F_OK) != 0) return {};
  return fail(Code::kAlreadyExists,
              fmt::format("'{}' exists and is not overwritten", base::escape_for_display(path)));
}

Result<base::Secret> private_pem(const crypto::PrivateKey& key,
                                 const std::string& passphrase_file) {
  if (passphrase_file.empty()) return key.to_pem(nullptr);
  HALLMARK_ASSIGN_OR_RETURN(const base::Secret passphrase, read_passphrase_file(passphrase_file));
  if (passphrase.empty()) {
    return fail(Code::kUsage, fmt::format("the passphrase in '{}' is empty",
                                          base::escape_for_display(passphrase_file)));
  }
  return key.to_pem(&passphrase);
}

// Both files or none: when the second cannot be written, the first is taken back.
Result<crypto::PublicKey> generate(const GenerateOptions& options) {
  const std::string public_path = options.output + ".pub";
  HALLMARK_TRY(check_free(options.output));
  HALLMARK_TRY(check_free(public_path));
  const NoCoreFiles guard;
  HALLMARK_ASSIGN_OR_RETURN(const crypto::PrivateKey key,
                            crypto::PrivateKey::generate(type_of(options.algorithm)));
  HALLMARK_ASSIGN_OR_RETURN(const base::Secret pem, private_pem(key, options.passphrase_file));
  HALLMARK_TRY(base::write_durably(options.output, bytes_of(pem.expose_secret()),
                                   {.existing = base::Existing::kRefuse, .mode = 0600}));
  auto written = base::write_durably(public_path, bytes_of(key.public_key().to_pem()),
                                     {.existing = base::Existing::kRefuse});
  if (!written) {
    ::unlink(options.output.c_str());
    return fail(std::move(written.error()));
  }
  return key.public_key();
}

CommandReport run(const GenerateOptions& options) {
  CommandReport report;
  auto key = generate(options);
  report.members = {
      {"private_key", options.output},
      {"public_key", options.output + ".pub"},
      {"key_type", crypto::to_string(type_of(options.algorithm))},
      {"key_hint", key ? base::JsonValue(key->hint()) : nullptr},
  };
  if (!key) {
    report.problem = std::move(key.error());
    return report;
  }
  report.message = "the key is made";
  report.text = fmt::format("private key {}\npublic key  {}.pub\nkey hint    {}\n",
                            base::escape_for_display(options.output),
                            base::escape_for_display(options.output), key->hint());
  return report;
}

}  // namespace

void add_key(Command program, Selection& selection) {
  Command key = program.add_command("key", "Make keys, and write public ones");
  add_key_public(key, selection);
  Command command =
      add_command(key, "generate", "Make a private and a public key", "key_generate", selection);
  auto options = std::make_shared<GenerateOptions>();
  command.add_choice("--algorithm", options->algorithm, {"p256", "p384", "p521"},
                     "Kind of key (default: p256)");
  command.add_option("--output", options->output, "PATH",
                     "Private key; the public key gets .pub added", Presence::kRequired);
  command.add_option("--password-file", options->passphrase_file, "PATH",
                     "Encrypt the private key with the passphrase in this file");
  command.on_chosen([options, &selection] {
    selection.name = "key generate";
    selection.run = [options](const model::Context&) { return run(*options); };
  });
}

}  // namespace hallmark::cli

#include <fmt/core.h>

#include "cli/command.h"
#include "cli/content_options.h"
#include "cli/key_files.h"
#include "cli/shared_options.h"
#include "hallmark/base/utf8.h"
#include "hallmark/model/detached.h"

namespace hallmark::cli {
namespace {

using base::escape_for_display;

struct PrepareOptions {
  ContentChoice content;
  std::string public_key;
  std::string certificate;
  std::vector<std::string> chain;
  std::string output;
  std::string state;
};

// What the report tells of the signer.
struct Signer {
  crypto::PublicKey key;
  bool certified = false;
};

// Fills in the chain, and says whose signature is awaited.
Result<Signer> load_signer(PrepareOptions& options) {
  if (options.public_key.empty() == options.certificate.empty()) {
    return fail(Code::kUsage, "give --public-key or --signing-certificate, one of them");
  }
  if (!options.public_key.empty()) {
    if (!options.chain.empty()) {
      return fail(Code::kUsage, "--certificate-chain goes with --signing-certificate");
    }
    HALLMARK_ASSIGN_OR_RETURN(crypto::PublicKey key, load_public_key(options.public_key));
    return Signer{std::move(key), false};
  }
  std::vector<crypto::Certificate>& chain = options.content.request.chain;
  HALLMARK_ASSIGN_OR_RETURN(chain, load_signing_chain(options.certificate, options.chain));
  HALLMARK_ASSIGN_OR_RETURN(crypto::PublicKey key, chain.front().public_key());
  return Signer{std::move(key), true};
}

Result<model::PrepareReport> prepare(PrepareOptions& options, std::optional<Signer>& signer,
                                     const model::Context& context) {
  HALLMARK_TRY(resolve_content(options.content, context));
  HALLMARK_ASSIGN_OR_RETURN(signer, load_signer(options));
  const model::PrepareRequest request{options.content.request, signer->key, options.output,
                                      options.state};
  return model::prepare_signature(request, context);
}

base::JsonObject as_members(const PrepareOptions& options, const std::optional<Signer>& signer,
                            const model::PrepareReport* prepared) {
  base::JsonObject members =
      content_as_members(options.content, prepared != nullptr ? &prepared->model : nullptr);
  const auto or_null = [&](auto value) {
    return prepared != nullptr ? base::JsonValue(value(*prepared)) : nullptr;
  };
  append(members,
         {
             {"output", options.output},
             {"output_bytes", or_null([](const auto& p) { return p.message_bytes; })},
             {"state", options.state},
             {"state_digest", or_null([](const auto& p) { return p.state_digest.to_string(); })},
             {"signature_scheme", or_null([](const auto& p) { return to_string(p.scheme); })},
             {"pae_digest", or_null([](const auto& p) { return p.message_digest.to_string(); })},
             {"method", or_null([&](const auto&) { return method_name(signer->certified); })},
             {"key_type", or_null([&](const auto&) { return to_string(signer->key.type()); })},
             {"key_hint", or_null([&](const auto&) { return signer->key.hint(); })},
         });
  return members;
}

// How the signer has to make the signature.
std::string scheme_as_text(const Signer& signer, const model::PrepareReport& prepared) {
  const std::string made =
      fmt::format("signer    {} key {}\nscheme    {}\n", to_string(signer.key.type()),
                  signer.key.hint(), to_string(prepared.scheme));
  if (prepared.scheme == crypto::SignatureScheme::kEd25519) {
    return made + "digest    none: the signer is given all of what is to be signed\n";
  }
  return made + fmt::format("digest    {}\n", prepared.message_digest.to_string());
}

std::string as_text(const PrepareOptions& options, const Signer& signer,
                    const model::PrepareReport& prepared) {
  const std::string text = fmt::format(
      "prepared  {} ({} {}, {})\nto sign   {} ({} bytes)\n{}state     {} ({})\n",
      escape_for_display(prepared.model.subject), prepared.model.files,
      prepared.model.files == 1 ? "file" : "files", prepared.model.digest.to_string(),
      escape_for_display(options.output), prepared.message_bytes, scheme_as_text(signer, prepared),
      escape_for_display(options.state), prepared.state_digest.to_string());
  return text + content_notes_as_text(options.content, prepared.model);
}

CommandReport run(PrepareOptions& options, const model::Context& context) {
  CommandReport report;
  std::optional<Signer> signer;
  auto prepared = prepare(options, signer, context);
  report.members = as_members(options, signer, prepared ? &*prepared : nullptr);
  if (!prepared) {
    report.problem = std::move(prepared.error());
    return report;
  }
  report.message = "the signature is prepared";
  report.text = as_text(options, *signer, *prepared);
  return report;
}

}  // namespace

void add_sign_prepare(Command sign, Selection& selection) {
  Command command = add_command(sign, "prepare", "Write what a key that is elsewhere has to sign",
                                "sign_prepare", selection);
  auto options = std::make_shared<PrepareOptions>();
  model::SignRequest& request = options->content.request;
  add_model_options(command, request.model, request.files);
  command.add_option("--public-key", options->public_key, "PATH", "Public key of the signer, PEM");
  command.add_option("--signing-certificate", options->certificate, "PATH",
                     "Certificate of the signer, PEM, instead of the key");
  command.add_repeatable("--certificate-chain", options->chain, "PATH",
                         "Certificates that go along, PEM");
  command.add_option("--output", options->output, "PATH",
                     "Where the bytes go that are to be signed", Presence::kRequired);
  command.add_option("--state", options->state, "PATH", "Where the state goes, for 'sign attach'",
                     Presence::kRequired);
  command.add_option("--signature", request.signature, "PATH",
                     "Where the signature will go, to be left out of what is signed (default: "
                     "model.sig in the current directory)");
  add_content_options(command, options->content, "--trusted-public-key");
  command.on_chosen([options, &selection] {
    selection.name = "sign prepare";
    selection.run = [options](const model::Context& context) { return run(*options, context); };
  });
}

}  // namespace hallmark::cli

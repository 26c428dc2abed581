#include <fmt/core.h>

#include "cli/cache_option.h"
#include "cli/command.h"
#include "cli/hashing_options.h"
#include "cli/key_files.h"
#include "cli/process_guards.h"
#include "cli/reuse_options.h"
#include "cli/shared_options.h"
#include "hallmark/base/utf8.h"
#include "hallmark/crypto/signature.h"
#include "hallmark/model/sign.h"

namespace hallmark::cli {
namespace {

struct SignOptions {
  model::SignRequest request;
  std::string private_key;
  PassphraseOptions passphrase;
  std::string certificate;
  std::vector<std::string> chain;
  HashingChoice hashing;
  CacheChoice cache;
  ReuseChoice reuse;
  std::optional<std::string> digests;
  std::string compatibility;
};

Result<model::SignReport> sign(SignOptions& options, const model::Context& context) {
  HALLMARK_ASSIGN_OR_RETURN(const model::RequestedHashing given,
                            parse_requested_hashing(options.hashing));
  HALLMARK_ASSIGN_OR_RETURN(options.request.hashing, parse_hashing(options.hashing));
  HALLMARK_TRY(choose_cache(options.cache, options.request.files, context.log));
  HALLMARK_ASSIGN_OR_RETURN(options.request.reuse, parse_reuse(options.reuse, given));
  if (options.digests && options.digests->empty()) {
    return fail(Code::kUsage, "--digests is empty, expected a path");
  }
  if (options.digests) options.request.digests = model::DigestsRequest{*options.digests, given};
  if (!options.certificate.empty()) {
    HALLMARK_ASSIGN_OR_RETURN(options.request.chain,
                              load_signing_chain(options.certificate, options.chain));
  }
  options.request.compatibility = compatibility_of(options.compatibility);
  const NoCoreFiles guard;
  UserPassphrase passphrase(options.passphrase, context.log, context.cancellation);
  HALLMARK_ASSIGN_OR_RETURN(crypto::PrivateKey key,
                            load_private_key(options.private_key, passphrase));
  crypto::PrivateKeySigner signer(std::move(key));
  return model::sign_model(options.request, signer, context);
}

base::JsonValue digest_list_as_json(const SignOptions& options,
                                    const model::SignReport& signed_model) {
  if (!options.digests || !signed_model.digest_list) return nullptr;
  return base::JsonObject{{"file", *options.digests},
                          {"form", manifest::to_string(*signed_model.digest_list)}};
}

std::string digest_list_as_text(const SignOptions& options, const model::SignReport& signed_model) {
  if (!options.digests || !signed_model.digest_list) return {};
  return fmt::format("note      no file was read: all digests are from {} ({})\n",
                     base::escape_for_display(*options.digests),
                     manifest::to_string(*signed_model.digest_list));
}

base::JsonObject as_members(const SignOptions& options, const model::SignReport* signed_model) {
  const auto or_null = [&](auto value) {
    return signed_model != nullptr ? base::JsonValue(value(*signed_model)) : nullptr;
  };
  base::JsonObject members = {
      {"model", options.request.model},
      {"signature", options.request.signature},
      {"subject", or_null([](const auto& s) { return s.subject; })},
      {"digest", or_null([](const auto& s) { return s.digest.to_string(); })},
      {"files", or_null([](const auto& s) { return s.files; })},
  };
  const model::SignReport nothing;
  const model::SignReport& known = signed_model != nullptr ? *signed_model : nothing;
  append(members, signed_model != nullptr ? hashing_as_members(known.hashing) : unknown_hashing());
  members.emplace_back("files_without_shard", texts_as_json(known.files_without_shard));
  members.emplace_back("files_not_read", known.files_not_read);
  append(members, reuse_as_members(options.reuse, known.reused));
  members.emplace_back("digest_list", digest_list_as_json(options, known));
  return members;
}

std::string as_text(const SignOptions& options, const model::SignReport& signed_model) {
  std::string text = fmt::format(
      "signed    {} ({} {}, {})\nsignature {}\n", base::escape_for_display(signed_model.subject),
      signed_model.files, signed_model.files == 1 ? "file" : "files",
      signed_model.digest.to_string(), base::escape_for_display(options.request.signature));
  text += files_without_shard_as_text(signed_model.files_without_shard, "not signed");
  // What was taken over, or not read for the sake of a list, is told below.
  const bool by_cache = !signed_model.reused && !options.digests;
  if (by_cache) text += files_not_read_as_text(signed_model.files_not_read);
  text += digest_list_as_text(options, signed_model);
  return text + reuse_as_text(options.reuse, signed_model.reused, signed_model.subject);
}

CommandReport run(SignOptions& options, const model::Context& context) {
  CommandReport report;
  auto signed_model = sign(options, context);
  report.members = as_members(options, signed_model ? &*signed_model : nullptr);
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
  add_model_options(command, options->request.model, options->request.files);
  command.add_option("--signature", options->request.signature, "PATH",
                     "Where the signature goes (default: model.sig in the current directory)");
  add_private_key_options(command, options->private_key, options->passphrase);
  if (method == "certificate") {
    command.add_option("--signing-certificate", options->certificate, "PATH",
                       "Certificate of the private key, PEM", Presence::kRequired);
    command.add_repeatable("--certificate-chain", options->chain, "PATH",
                           "Certificates that go along, PEM");
  }
  add_hashing_options(command, options->hashing, Offered::kRegistered);
  add_reuse_options(command, options->reuse);
  command.add_option("--digests", options->digests, "PATH",
                     "Sign the digests of this list, and read no file of the model");
  add_compatibility(command, options->compatibility);
  add_cache_option(command, options->cache);
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
}

}  // namespace hallmark::cli

#include <algorithm>
#include <map>

#include <fmt/core.h>

#include "cli/archive_option.h"
#include "cli/cache_option.h"
#include "cli/command.h"
#include "cli/key_files.h"
#include "cli/scope_options.h"
#include "cli/shared_options.h"
#include "cli/trust_options.h"
#include "cli/verify_report.h"
#include "hallmark/base/decimal.h"
#include "hallmark/base/utf8.h"
#include "hallmark/model/verify_signatures.h"

namespace hallmark::cli {
namespace {

using base::escape_for_display;

constexpr std::size_t kMostSignatures = 1024;

struct AnyOptions {
  std::string model;
  std::vector<std::string> signatures;
  model::FileOptions files;
  bool ignore_unsigned_files = false;
  CacheChoice cache;
  ScopeChoice scope;
  ArchiveChoice archive;
  std::vector<std::string> public_keys;
  TrustChoice trust;
  std::vector<std::string> identities;
  std::optional<std::string> threshold;
};

Result<std::optional<std::size_t>> parse_threshold(const AnyOptions& options) {
  if (!options.threshold) return std::nullopt;
  const auto number = base::parse_decimal(*options.threshold);
  if (number && *number >= 1 && *number <= options.signatures.size()) {
    return static_cast<std::size_t>(*number);
  }
  return fail(Code::kUsage,
              fmt::format("--threshold: expected a number from 1 to {}, the number "
                          "of signatures, found '{}'",
                          options.signatures.size(), escape_for_display(*options.threshold)));
}

Result<void> add_certified(const AnyOptions& options, std::vector<model::ExpectedSigner>& signers) {
  if (std::find(options.identities.begin(), options.identities.end(), "") !=
      options.identities.end()) {
    return fail(Code::kUsage, "--certificate-identity is empty, expected a name");
  }
  HALLMARK_ASSIGN_OR_RETURN(const crypto::TrustAnchors anchors, load_anchors(options.trust));
  if (options.identities.empty()) {
    signers.emplace_back(attest::CertificateExpectations{anchors, std::nullopt});
  }
  for (const std::string& identity : options.identities) {
    signers.emplace_back(attest::CertificateExpectations{anchors, identity});
  }
  return {};
}

Result<std::vector<model::ExpectedSigner>> load_signers(const AnyOptions& options) {
  const bool only_with_trust =
      !options.identities.empty() || !options.trust.revocation_lists.empty();
  if (!options.trust.given() && only_with_trust) {
    return fail(Code::kUsage,
                "--certificate-identity and --revocation-list go with --certificate-chain or "
                "--trust-system-roots");
  }
  std::vector<model::ExpectedSigner> signers;
  for (const std::string& path : options.public_keys) {
    HALLMARK_ASSIGN_OR_RETURN(crypto::PublicKey key, load_public_key(path));
    signers.emplace_back(std::move(key));
  }
  if (options.trust.given()) HALLMARK_TRY(add_certified(options, signers));
  if (!signers.empty()) return signers;
  return fail(Code::kUsage,
              "give --public-key, --certificate-chain or --trust-system-roots: whose signatures "
              "are accepted");
}

Result<model::SignaturesRequest> make_request(const AnyOptions& options,
                                              const model::Context& context) {
  model::SignaturesRequest request{.model = options.model,
                                   .signatures = options.signatures,
                                   .signers = {},
                                   .files = options.files};
  if (options.signatures.empty()) return fail(Code::kUsage, "--signature is required");
  if (options.signatures.size() > kMostSignatures) {
    return fail(Code::kUsage, fmt::format("expected at most {} signatures, found {}",
                                          kMostSignatures, options.signatures.size()));
  }
  HALLMARK_ASSIGN_OR_RETURN(request.threshold, parse_threshold(options));
  HALLMARK_TRY(choose_cache(options.cache, request.files, context.log));
  HALLMARK_ASSIGN_OR_RETURN(request.scope, parse_scope(options.scope));
  HALLMARK_ASSIGN_OR_RETURN(request.archive_limits, parse_archive_limits(options.archive));
  HALLMARK_ASSIGN_OR_RETURN(request.signers, load_signers(options));
  if (options.ignore_unsigned_files) request.unsigned_files = manifest::UnsignedFiles::kIgnore;
  return request;
}

base::JsonValue signature_as_json(const AnyOptions& options, std::size_t index,
                                  const model::JudgedSignature& signature) {
  const model::VerifyReport& judged = signature.report;
  base::JsonObject object = {
      {"signature", options.signatures[index]},
      {"verdict", to_string(judged.verdict())},
      {"reason", judged.problem ? base::JsonValue(name_of(judged.problem->code)) : nullptr},
      {"message", judged.problem ? judged.problem->message : message_of_success(judged)},
      {"counted", signature.counted},
  };
  append(object, verified_as_members(judged, {options.ignore_unsigned_files}));
  return object;
}

base::JsonObject as_members(const AnyOptions& options, const model::SignaturesReport& verified) {
  base::JsonArray signatures;
  for (std::size_t i = 0; i < verified.signatures.size(); ++i) {
    signatures.push_back(signature_as_json(options, i, verified.signatures[i]));
  }
  const auto threshold = parse_threshold(options);
  return {
      {"model", options.model},
      {"threshold",
       threshold && *threshold ? base::JsonValue(std::uint64_t{**threshold}) : nullptr},
      {"signers", std::uint64_t{verified.signers}},
      {"signatures", std::move(signatures)},
  };
}

// What each signature has against the model; where an earlier one has the same, that is not told
// again.
std::vector<std::string> findings_of_each(const AnyOptions& options,
                                          const model::SignaturesReport& verified) {
  std::vector<std::string> findings;
  std::map<std::string, std::size_t> told;
  for (std::size_t i = 0; i < verified.signatures.size(); ++i) {
    std::string text = findings_as_text(verified.signatures[i].report);
    const auto [first, added] = told.try_emplace(text, i);
    if (!added && !text.empty()) {
      const std::string& earlier = options.signatures[first->second];
      text = fmt::format("note      as for {}\n", escape_for_display(earlier));
    }
    findings.push_back(std::move(text));
  }
  return findings;
}

// "verified" begins a line only when the model is.
std::string signature_as_text(const std::string& path, const model::JudgedSignature& signature) {
  const model::VerifyReport& judged = signature.report;
  std::string text =
      fmt::format("signature {}: {}", escape_for_display(path), to_string(judged.verdict()));
  if (judged.problem) {
    text += fmt::format(" [{}]\n          {}\n", name_of(judged.problem->code),
                        judged.problem->message);
  } else {
    text += fmt::format(", {}\n", model_as_text(judged));
  }
  if (judged.signer) text += fmt::format("signed by {}\n", signer_as_text(*judged.signer));
  if (!judged.problem && !signature.counted) {
    text += "note      the key of this signer has signed above, and counts once\n";
  }
  return text;
}

std::string as_text(const AnyOptions& options, const model::SignaturesReport& verified) {
  const std::vector<std::string> findings = findings_of_each(options, verified);
  std::string text;
  for (std::size_t i = 0; i < verified.signatures.size(); ++i) {
    const model::JudgedSignature& signature = verified.signatures[i];
    text += signature_as_text(options.signatures[i], signature) + findings[i] +
            notes_as_text(signature.report, {options.ignore_unsigned_files});
  }
  if (verified.verdict() != model::Verdict::kVerified) return text;
  const std::string needed =
      options.threshold ? fmt::format(", {} needed", *options.threshold) : std::string();
  return text + fmt::format("verified  {} ({} different {}{})\n", escape_for_display(options.model),
                            verified.signers, verified.signers == 1 ? "signer" : "signers", needed);
}

CommandReport run(const AnyOptions& options, const model::Context& context) {
  model::SignaturesReport verified;
  auto request = make_request(options, context);
  if (request) {
    verified = model::verify_signatures(*request, context);
  } else {
    verified.problem = std::move(request.error());
  }
  CommandReport report;
  report.judges = true;
  report.message = verified.signatures.empty()
                       ? std::string()
                       : message_of_success(verified.signatures.front().report);
  report.members = as_members(options, verified);
  report.text = as_text(options, verified);
  report.problem = std::move(verified.problem);
  return report;
}

}  // namespace

void add_verify_any(Command verify, Selection& selection) {
  Command command = add_command(
      verify, "any",
      "Verify one or several signatures, by keys or certificates; 'any' may be left out",
      "verify_any", selection);
  auto options = std::make_shared<AnyOptions>();
  add_model_options(command, options->model, options->files);
  command.add_repeatable("--signature", options->signatures, "PATH", "A signature of the model");
  command.add_option("--threshold", options->threshold, "N",
                     "How many different signers are needed (default: every signature has to be "
                     "verified)");
  command.add_flag("--ignore-unsigned-files,!--no-ignore-unsigned-files",
                   options->ignore_unsigned_files,
                   "Do not look at files that a signature does not name");
  add_cache_option(command, options->cache);
  add_scope_options(command, options->scope);
  add_archive_option(command, options->archive);
  command.add_repeatable("--public-key", options->public_keys, "PATH",
                         "Public key of a signer who is accepted, PEM");
  add_trust_options(command, options->trust);
  command.add_repeatable("--certificate-identity", options->identities, "NAME",
                         "E-mail address, URI or DNS name; a signer's certificate must have one of "
                         "those given");
  command.on_chosen([options, &selection] {
    selection.name = "verify any";
    selection.run = [options](const model::Context& context) { return run(*options, context); };
  });
}

}  // namespace hallmark::cli

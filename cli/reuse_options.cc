#include "cli/reuse_options.h"

#include <fmt/core.h>

#include "cli/key_files.h"
#include "cli/report.h"
#include "hallmark/base/utf8.h"

namespace hallmark::cli {
namespace {

using base::escape_for_display;

bool names_chain(const ReuseChoice& choice) {
  return !choice.chain.empty() || choice.identity || !choice.revocation_lists.empty();
}

// Options that only say more about --reuse would be ignored without it, and nobody would notice.
Result<void> check_unused(const ReuseChoice& choice) {
  if (choice.changed.empty() && choice.public_key.empty() && !names_chain(choice)) return {};
  return fail(Code::kUsage, fmt::format("--changed, {}, --trusted-chain, --trusted-identity and "
                                        "--trusted-revocation-list go with --reuse",
                                        choice.key_option));
}

Result<model::ExpectedSigner> load_old_signer(const ReuseChoice& choice) {
  if (choice.public_key.empty() == choice.chain.empty()) {
    return fail(
        Code::kUsage,
        fmt::format("--reuse: give {} or --trusted-chain for the old signature, one of them",
                    choice.key_option));
  }
  if (!choice.public_key.empty()) {
    if (names_chain(choice)) {
      return fail(Code::kUsage,
                  "--trusted-identity and --trusted-revocation-list go with --trusted-chain");
    }
    return load_public_key(choice.public_key).map([](crypto::PublicKey&& key) {
      return model::ExpectedSigner(std::move(key));
    });
  }
  if (choice.identity && choice.identity->empty()) {
    return fail(Code::kUsage, "--trusted-identity is empty, expected a name");
  }
  attest::CertificateExpectations expectations;
  expectations.identity = choice.identity;
  HALLMARK_ASSIGN_OR_RETURN(expectations.anchors.certificates, load_certificates(choice.chain));
  HALLMARK_ASSIGN_OR_RETURN(expectations.anchors.revocation_lists,
                            load_revocation_lists(choice.revocation_lists));
  return expectations;
}

}  // namespace

void add_reuse_options(Command command, ReuseChoice& choice, const std::string& key_option) {
  choice.key_option = key_option;
  command.add_option("--reuse", choice.signature, "PATH",
                     "An older signature of the model, to take digests over from");
  command.add_repeatable("--changed", choice.changed, "PATH",
                         "Changed since the older signature, with everything beneath it: all else "
                         "is taken over unread");
  command.add_option(key_option, choice.public_key, "PATH",
                     "Public key that the older signature is from, PEM");
  command.add_repeatable("--trusted-chain", choice.chain, "PATH",
                         "Trusted certificates for the older signature, PEM");
  command.add_option("--trusted-identity", choice.identity, "NAME",
                     "Name that the older signer's certificate must have");
  command.add_repeatable("--trusted-revocation-list", choice.revocation_lists, "PATH",
                         "Certificate revocation list for the older signature, PEM or DER");
}

Result<std::optional<model::ReuseRequest>> parse_reuse(const ReuseChoice& choice,
                                                       const model::RequestedHashing& hashing) {
  if (!choice.signature) {
    HALLMARK_TRY(check_unused(choice));
    return std::nullopt;
  }
  if (choice.signature->empty()) return fail(Code::kUsage, "--reuse is empty, expected a path");
  HALLMARK_ASSIGN_OR_RETURN(model::ExpectedSigner signer, load_old_signer(choice));
  model::ReuseRequest request{*choice.signature, std::move(signer), std::nullopt, hashing};
  if (!choice.changed.empty()) request.changed = choice.changed;
  return request;
}

base::JsonObject reuse_as_members(const ReuseChoice& choice,
                                  const std::optional<model::ReuseReport>& reused) {
  if (!choice.signature || !reused) return {{"reused", nullptr}, {"taken_over", nullptr}};
  return {{"reused", base::JsonObject{{"signature", *choice.signature},
                                      {"subject", reused->subject},
                                      {"digest", reused->digest.to_string()},
                                      {"signer", signer_as_json(reused->signer)},
                                      {"changed", texts_as_json(choice.changed)}}},
          {"taken_over", reused->taken_over}};
}

std::string reuse_as_text(const ReuseChoice& choice,
                          const std::optional<model::ReuseReport>& reused,
                          const std::string& subject) {
  if (!choice.signature || !reused) return {};
  const std::string old = escape_for_display(*choice.signature);
  std::string text;
  if (reused->taken_over != 0) {
    text = fmt::format(
        "note      {} {} not read: taken over from {} ({})\n"
        "note      {} is signed by {}\n",
        reused->taken_over, reused->taken_over == 1 ? "file was" : "files were", old,
        reused->digest.to_string(), old, signer_as_text(reused->signer));
  } else {
    text = fmt::format("note      all files were read{}: nothing is taken over from {}\n",
                       choice.changed.empty() ? " without --changed" : "", old);
  }
  if (reused->subject != subject) {
    text += fmt::format("note      {} is about a model called '{}'\n", old,
                        escape_for_display(reused->subject));
  }
  return text;
}

}  // namespace hallmark::cli

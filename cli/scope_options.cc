#include "cli/scope_options.h"

namespace hallmark::cli {
namespace {

// With or without "sha256:" before it, as `hallmark digest` prints it.
Result<hash::Digest> parse_root_digest(std::string_view text) {
  constexpr std::string_view kPrefix = "sha256:";
  if (text.starts_with(kPrefix)) text.remove_prefix(kPrefix.size());
  auto digest = hash::Digest::parse_hex(hash::Algorithm::kSha256, text);
  if (digest) return digest;
  return fail(Code::kUsage, "--root-digest: " + digest.error().message);
}

}  // namespace

void add_scope_options(Command command, ScopeChoice& choice) {
  command.add_repeatable("--only", choice.only, "PATH",
                         "Verify only this path inside the model, and say so");
  command.add_option("--root-digest", choice.root_digest, "HEX",
                     "The root digest that must have been signed");
  command.add_option("--allow-links-into", choice.links_into, "DIR",
                     "Follow links to files in this directory outside the model");
}

Result<model::VerifyScope> parse_scope(const ScopeChoice& choice) {
  model::VerifyScope scope{choice.links_into, choice.only, std::nullopt};
  if (choice.root_digest) {
    HALLMARK_ASSIGN_OR_RETURN(scope.root_digest, parse_root_digest(*choice.root_digest));
  }
  return scope;
}

}  // namespace hallmark::cli

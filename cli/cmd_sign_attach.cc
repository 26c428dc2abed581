#include <fmt/core.h>

#include "cli/command.h"
#include "cli/hashing_options.h"
#include "cli/shared_options.h"
#include "hallmark/base/utf8.h"
#include "hallmark/model/detached.h"

namespace hallmark::cli {
namespace {

using base::escape_for_display;

struct AttachOptions {
  model::AttachRequest request;
  std::optional<std::string> state_digest;
};

Result<hash::Digest> parse_state_digest(std::string_view text) {
  constexpr std::string_view kPrefix = "sha256:";
  if (text.starts_with(kPrefix)) {
    auto digest = hash::Digest::parse_hex(hash::Algorithm::kSha256, text.substr(kPrefix.size()));
    if (digest) return digest;
  }
  return fail(Code::kUsage, fmt::format("--state-digest: expected 'sha256:' and 64 lower-case hex "
                                        "digits, found '{}'",
                                        escape_for_display(text)));
}

Result<model::AttachReport> attach(AttachOptions& options, const model::Context& context) {
  if (options.state_digest) {
    HALLMARK_ASSIGN_OR_RETURN(options.request.state_digest,
                              parse_state_digest(*options.state_digest));
  }
  return model::attach_signature(options.request, context);
}

base::JsonObject as_members(const AttachOptions& options, const model::AttachReport* attached) {
  const auto or_null = [&](auto value) {
    return attached != nullptr ? base::JsonValue(value(*attached)) : nullptr;
  };
  base::JsonObject members = {
      {"state", options.request.state},
      {"raw_signature", options.request.raw_signature},
      {"signature", options.request.signature},
      {"subject", or_null([](const auto& a) { return a.subject; })},
      {"digest", or_null([](const auto& a) { return a.digest.to_string(); })},
      {"files", or_null([](const auto& a) { return a.files; })},
  };
  append(members, attached != nullptr ? hashing_as_members(attached->hashing) : unknown_hashing());
  append(members,
         {
             {"signature_scheme", or_null([](const auto& a) { return to_string(a.scheme); })},
             {"method", or_null([](const auto& a) { return method_name(a.certified); })},
             {"key_type", or_null([](const auto& a) { return to_string(a.key.type()); })},
             {"key_hint", or_null([](const auto& a) { return a.key.hint(); })},
         });
  return members;
}

std::string as_text(const AttachOptions& options, const model::AttachReport& attached) {
  return fmt::format("signed    {} ({} {}, {})\nsigned by {} key {}{}\nsignature {}\n",
                     escape_for_display(attached.subject), attached.files,
                     attached.files == 1 ? "file" : "files", attached.digest.to_string(),
                     to_string(attached.key.type()), attached.key.hint(),
                     attached.certified ? ", with a certificate" : "",
                     escape_for_display(options.request.signature));
}

CommandReport run(AttachOptions& options, const model::Context& context) {
  CommandReport report;
  auto attached = attach(options, context);
  report.members = as_members(options, attached ? &*attached : nullptr);
  if (!attached) {
    report.problem = std::move(attached.error());
    return report;
  }
  report.message = "the signature is attached";
  report.text = as_text(options, *attached);
  return report;
}

}  // namespace

void add_sign_attach(Command sign, Selection& selection) {
  Command command = add_command(sign, "attach", "Make a signature of what was signed elsewhere",
                                "sign_attach", selection);
  auto options = std::make_shared<AttachOptions>();
  model::AttachRequest& request = options->request;
  request.signature = model::SignRequest{}.signature;
  command.add_option("--state", request.state, "PATH", "The state that 'sign prepare' wrote",
                     Presence::kRequired);
  command.add_option("--raw-signature", request.raw_signature, "PATH",
                     "The signature that was made elsewhere: DER for ECDSA", Presence::kRequired);
  command.add_option("--signature", request.signature, "PATH",
                     "Where the signature goes (default: model.sig in the current directory)");
  command.add_option("--state-digest", options->state_digest, "DIGEST",
                     "Digest of the state, as 'sign prepare' told it");
  command.on_chosen([options, &selection] {
    selection.name = "sign attach";
    selection.run = [options](const model::Context& context) { return run(*options, context); };
  });
}

}  // namespace hallmark::cli

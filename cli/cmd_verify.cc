#include <fmt/core.h>

#include "cli/cache_option.h"
#include "cli/command.h"
#include "cli/hashing_options.h"
#include "cli/key_files.h"
#include "cli/shared_options.h"
#include "hallmark/base/utf8.h"
#include "hallmark/model/verify.h"

namespace hallmark::cli {
namespace {

enum class SignerMethod : std::uint8_t { kKey, kCertificate };

struct VerifyOptions {
  SignerMethod method = SignerMethod::kKey;
  std::string model;
  std::string signature;
  model::FileOptions files;
  bool ignore_unsigned_files = false;
  CacheChoice cache;

  std::string public_key;

  std::vector<std::string> chain;
  bool trust_system_roots = false;
  std::optional<std::string> identity;
  std::vector<std::string> revocation_lists;
};

Result<attest::CertificateExpectations> load_expectations(const VerifyOptions& options) {
  if (options.chain.empty() && !options.trust_system_roots) {
    return fail(Code::kUsage, "give --certificate-chain, or --trust-system-roots");
  }
  if (options.identity && options.identity->empty()) {
    return fail(Code::kUsage, "--certificate-identity is empty, expected a name");
  }
  attest::CertificateExpectations expectations;
  expectations.anchors.trust_system_roots = options.trust_system_roots;
  expectations.identity = options.identity;
  HALLMARK_ASSIGN_OR_RETURN(expectations.anchors.certificates, load_certificates(options.chain));
  HALLMARK_ASSIGN_OR_RETURN(expectations.anchors.revocation_lists,
                            load_revocation_lists(options.revocation_lists));
  return expectations;
}

Result<model::VerifyRequest> make_request(const VerifyOptions& options,
                                          const model::Context& context) {
  model::FileOptions files = options.files;
  HALLMARK_TRY(choose_cache(options.cache, files, context.log));
  const auto unsigned_files = options.ignore_unsigned_files ? manifest::UnsignedFiles::kIgnore
                                                            : manifest::UnsignedFiles::kReport;
  if (options.method == SignerMethod::kKey) {
    HALLMARK_ASSIGN_OR_RETURN(crypto::PublicKey key, load_public_key(options.public_key));
    return model::VerifyRequest{options.model, options.signature, files, unsigned_files,
                                std::move(key)};
  }
  HALLMARK_ASSIGN_OR_RETURN(attest::CertificateExpectations expectations,
                            load_expectations(options));
  return model::VerifyRequest{options.model, options.signature, files, unsigned_files,
                              std::move(expectations)};
}

// What the verdict does not cover, or covers by the caller's leave.
std::string notes_as_text(const VerifyOptions& options, const model::VerifyReport& verified) {
  std::string text;
  if (!verified.differences.empty()) {
    text += fmt::format("note      the signature is about a model called '{}'\n",
                        base::escape_for_display(verified.subject));
  }
  for (const std::string& path : verified.ignored_present) {
    text += fmt::format("note      '{}' is ignored\n", base::escape_for_display(path));
  }
  if (options.ignore_unsigned_files && verified.signer) {
    text += "note      unsigned files were not looked at (--ignore-unsigned-files)\n";
  }
  if (verified.directory_for_file) {
    text += "note      this is a directory; a signature of a single file would look the same\n";
  }
  if (verified.symlinks_allowed_by_caller) {
    text += "note      links are allowed by --allow-symlinks, not by the signature\n";
  }
  return text + files_not_read_as_text(verified.files_not_read);
}

std::string as_text(const VerifyOptions& options, const model::VerifyReport& verified) {
  std::string text;
  if (verified.verdict() == model::Verdict::kVerified) {
    text += fmt::format("verified  {} ({} {}, {})\n", base::escape_for_display(verified.subject),
                        verified.files, verified.files == 1 ? "file" : "files",
                        verified.digest->to_string());
    text += fmt::format("signed by {}\n", signer_as_text(*verified.signer));
  }
  text += differences_as_text(verified.differences);
  text += files_without_shard_as_text(verified.files_without_shard, "nobody signed it");
  return text + notes_as_text(options, verified);
}

base::JsonObject as_members(const VerifyOptions& options, const model::VerifyReport& verified) {
  const bool known = verified.signer.has_value();
  const auto when_known = [known](base::JsonValue value) {
    return known ? std::move(value) : base::JsonValue(nullptr);
  };
  base::JsonObject members = {
      {"model", options.model},
      {"signature", options.signature},
      {"subject", when_known(verified.subject)},
      {"digest", known ? base::JsonValue(verified.digest->to_string()) : nullptr},
      {"files", when_known(verified.files)},
  };
  append(members, known ? hashing_as_members(verified.hashing) : unknown_hashing());
  append(members, {
                      {"signer", known ? signer_as_json(*verified.signer) : nullptr},
                      {"ignore_paths", when_known(texts_as_json(verified.ignore_paths))},
                      {"ignored_present", texts_as_json(verified.ignored_present)},
                      {"directory_for_file", verified.directory_for_file},
                      {"symlinks_allowed_by_caller", verified.symlinks_allowed_by_caller},
                      {"unsigned_files_ignored", options.ignore_unsigned_files},
                      {"files_without_shard", texts_as_json(verified.files_without_shard)},
                      {"files_not_read", verified.files_not_read},
                      {"differences", differences_as_json(verified.differences)},
                  });
  return members;
}

CommandReport run(const VerifyOptions& options, const model::Context& context) {
  model::VerifyReport verified;
  auto request = make_request(options, context);
  if (request) {
    verified = model::verify_model(*request, context);
  } else {
    verified.problem = std::move(request.error());
  }
  CommandReport report;
  report.judges = true;
  report.message = "the model is what was signed";
  report.members = as_members(options, verified);
  report.text = as_text(options, verified);
  report.problem = std::move(verified.problem);
  return report;
}

void add_common(Command command, VerifyOptions& options) {
  add_model_options(command, options.model, options.files);
  command.add_option("--signature", options.signature, "PATH", "The signature",
                     Presence::kRequired);
  command.add_flag("--ignore-unsigned-files,!--no-ignore-unsigned-files",
                   options.ignore_unsigned_files,
                   "Do not look at files that the signature does not name");
  add_cache_option(command, options.cache);
}

void on_chosen(Command command, const std::string& method, std::shared_ptr<VerifyOptions> options,
               Selection& selection) {
  command.on_chosen([options = std::move(options), method, &selection] {
    selection.name = "verify " + method;
    selection.run = [options](const model::Context& context) { return run(*options, context); };
  });
}

void add_key_method(Command verify, Selection& selection) {
  Command command =
      add_command(verify, "key", "Verify that a certain key signed", "verify", selection);
  auto options = std::make_shared<VerifyOptions>();
  options->method = SignerMethod::kKey;
  add_common(command, *options);
  command.add_option("--public-key", options->public_key, "PATH", "Public key of the signer, PEM",
                     Presence::kRequired);
  on_chosen(command, "key", std::move(options), selection);
}

void add_certificate_method(Command verify, Selection& selection) {
  Command command =
      add_command(verify, "certificate", "Verify that a certified key signed", "verify", selection);
  auto options = std::make_shared<VerifyOptions>();
  options->method = SignerMethod::kCertificate;
  add_common(command, *options);
  command.add_repeatable("--certificate-chain", options->chain, "PATH",
                         "Trusted certificates, PEM; a chain must end at a root among them");
  command.add_flag("--trust-system-roots", options->trust_system_roots,
                   "Also trust the roots of this machine: any owner of a public certificate for "
                   "signing could then sign");
  command.add_option("--certificate-identity", options->identity, "NAME",
                     "E-mail address (with @), URI (with its scheme) or DNS name that the signer's "
                     "certificate must have");
  command.add_repeatable("--revocation-list", options->revocation_lists, "PATH",
                         "Certificate revocation list, PEM or DER");
  on_chosen(command, "certificate", std::move(options), selection);
}

}  // namespace

void add_verify(Command program, Selection& selection) {
  Command verify = program.add_command("verify", "Verify a model against a signature");
  add_key_method(verify, selection);
  add_certificate_method(verify, selection);
}

}  // namespace hallmark::cli

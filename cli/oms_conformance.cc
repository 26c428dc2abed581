// The adapter of the OMS conformance suite: one executable, a subcommand and flags in, an exit code
// out (0 accepted, 1 anything else). The protocol is the suite's, not Hallmark's.

#include <cstdio>

#include <fmt/core.h>

#include "cli/command_line.h"
#include "cli/key_files.h"
#include "cli/passphrase.h"
#include "cli/report.h"
#include "hallmark/crypto/signature.h"
#include "hallmark/model/sign.h"
#include "hallmark/model/verify.h"

namespace hallmark::cli {
namespace {

struct Flags {
  std::string method;
  std::string model;
  std::string signature;
  std::string private_key;
  std::string public_key;
  std::string certificate;
  std::vector<std::string> chain;
  std::vector<std::string> ignore_paths;
  bool ignore_unsigned_files = false;
};

Result<void> check_method(const Flags& flags) {
  if (flags.method == "key" || flags.method == "certificate") return {};
  return fail(Code::kUnsupported, fmt::format("method '{}' is not supported", flags.method));
}

Result<void> sign(const Flags& flags, const model::Context& context) {
  HALLMARK_TRY(check_method(flags));
  model::SignRequest request{.model = flags.model, .signature = flags.signature};
  request.files.ignore_paths = flags.ignore_paths;
  if (flags.method == "certificate") {
    HALLMARK_ASSIGN_OR_RETURN(request.chain, load_signing_chain(flags.certificate, flags.chain));
  }
  const PassphraseOptions no_passphrase;
  UserPassphrase passphrase(no_passphrase, context.log, context.cancellation);
  HALLMARK_ASSIGN_OR_RETURN(crypto::PrivateKey key,
                            load_private_key(flags.private_key, passphrase));
  crypto::PrivateKeySigner signer(std::move(key));
  HALLMARK_TRY(model::sign_model(request, signer, context));
  return {};
}

Result<void> verify(const Flags& flags, const model::Context& context) {
  HALLMARK_TRY(check_method(flags));
  attest::CertificateExpectations expectations;
  HALLMARK_ASSIGN_OR_RETURN(expectations.anchors.certificates, load_certificates(flags.chain));
  model::VerifyRequest request{flags.model, flags.signature, {}, {}, std::move(expectations)};
  request.files.ignore_paths = flags.ignore_paths;
  request.unsigned_files = flags.ignore_unsigned_files ? manifest::UnsignedFiles::kIgnore
                                                       : manifest::UnsignedFiles::kReport;
  if (flags.method == "key") {
    HALLMARK_ASSIGN_OR_RETURN(request.expected_signer, load_public_key(flags.public_key));
  }
  model::VerifyReport report = model::verify_model(request, context);
  if (report.verdict() == model::Verdict::kVerified) return {};
  return fail(*std::move(report.problem));
}

Result<void> print_capabilities(const Flags& /*flags*/, const model::Context& /*context*/) {
  std::puts(R"({"flags":[],"hash_algorithms":["sha256"],"benchmark_model":false,)"
            R"("client_version":"hallmark )" HALLMARK_VERSION R"("})");
  return {};
}

using Action = Result<void> (*)(const Flags&, const model::Context&);

Command add_operation(Command program, const std::string& name, const std::string& summary,
                      const std::string& bundle_option, Flags& flags) {
  Command command = program.add_command(name, summary);
  command.add_option("--method", flags.method, "METHOD", "key or certificate", Presence::kRequired);
  command.add_option("--model-path", flags.model, "PATH", "The model", Presence::kRequired);
  command.add_option(bundle_option, flags.signature, "PATH", "The bundle", Presence::kRequired);
  command.add_repeatable("--cert-chain", flags.chain, "PATH", "Certificates, PEM");
  command.add_repeatable("--ignore-paths", flags.ignore_paths, "PATH", "Paths to leave out");
  return command;
}

void add_operations(Command program, Flags& flags, Action& action) {
  Command sign_model =
      add_operation(program, "sign-model", "Sign a model", "--output-bundle", flags);
  sign_model.add_option("--private-key", flags.private_key, "PATH", "Private key, PEM");
  sign_model.add_option("--signing-cert", flags.certificate, "PATH", "Its certificate, PEM");
  sign_model.on_chosen([&] { action = sign; });
  Command verify_model =
      add_operation(program, "verify-model", "Verify a model", "--bundle", flags);
  verify_model.add_option("--public-key", flags.public_key, "PATH", "Public key, PEM");
  verify_model.add_flag("--ignore-unsigned-files", flags.ignore_unsigned_files,
                        "Do not look at files that the bundle does not name");
  verify_model.on_chosen([&] { action = verify; });
  Command capabilities = program.add_command("capabilities", "Print what this adapter can do");
  capabilities.on_chosen([&] { action = print_capabilities; });
}

int run(int argc, char** argv) {
  CommandLine command_line("oms-conformance", "Adapter for the OMS conformance suite.",
                           HALLMARK_VERSION);
  Flags flags;
  Action action = nullptr;
  add_operations(command_line.root(), flags, action);
  const Parsed parsed = command_line.parse(std::vector<std::string>(argv + 1, argv + argc));
  if (parsed.answer) return print_text(*parsed.answer);
  if (parsed.problem) {
    std::fputs(fmt::format("oms-conformance: {}\n", *parsed.problem).c_str(), stderr);
    return 1;
  }
  const base::SystemClock clock;
  base::NoProgress progress;
  StderrLog log;
  const base::Cancellation cancellation;
  const auto done = action(flags, model::Context{clock, progress, log, cancellation});
  if (done) return 0;
  CommandReport report;
  report.problem = done.error();
  print_report("", report, {}, /*json=*/false);
  return 1;
}

}  // namespace
}  // namespace hallmark::cli

int main(int argc, char** argv) { return hallmark::cli::run(argc, argv); }

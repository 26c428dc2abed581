// The adapter of the OMS conformance suite: one executable, a subcommand and flags in, an exit code
// out (0 accepted, 1 anything else). The protocol is the suite's, not Hallmark's.

#include <chrono>
#include <cstdio>

#include <fmt/core.h>

#include "cli/command_line.h"
#include "cli/hashing_options.h"
#include "cli/key_files.h"
#include "cli/passphrase.h"
#include "cli/report.h"
#include "hallmark/base/decimal.h"
#include "hallmark/base/json_writer.h"
#include "hallmark/base/utf8.h"
#include "hallmark/crypto/signature.h"
#include "hallmark/model/digest.h"
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
  HashingChoice hashing;
  std::string operation;
  std::string repeat = "1";
  std::string workers = "0";
};

Result<void> check_method(const Flags& flags) {
  if (flags.method == "key" || flags.method == "certificate") return {};
  return fail(Code::kUnsupported, fmt::format("method '{}' is not supported", flags.method));
}

Result<std::size_t> parse_number(std::string_view flag, std::string_view text) {
  const auto number = base::parse_decimal(text);
  if (number) return static_cast<std::size_t>(*number);
  return fail(Code::kUsage, fmt::format("{}: expected a number, found '{}'", flag,
                                        base::escape_for_display(text)));
}

Result<void> sign(const Flags& flags, const model::Context& context) {
  HALLMARK_TRY(check_method(flags));
  model::SignRequest request{.model = flags.model, .signature = flags.signature};
  request.files.ignore_paths = flags.ignore_paths;
  HALLMARK_ASSIGN_OR_RETURN(request.files.threads, parse_number("--max-workers", flags.workers));
  HALLMARK_ASSIGN_OR_RETURN(request.hashing, parse_hashing(flags.hashing));
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
  HALLMARK_ASSIGN_OR_RETURN(request.files.threads, parse_number("--max-workers", flags.workers));
  request.unsigned_files = flags.ignore_unsigned_files ? manifest::UnsignedFiles::kIgnore
                                                       : manifest::UnsignedFiles::kReport;
  if (flags.method == "key") {
    HALLMARK_ASSIGN_OR_RETURN(request.expected_signer, load_public_key(flags.public_key));
  }
  model::VerifyReport report = model::verify_model(request, context);
  if (report.verdict() == model::Verdict::kVerified) return {};
  return fail(*std::move(report.problem));
}

Result<void> hash_files(const Flags& flags, const model::Context& context) {
  model::FileOptions files;
  files.ignore_paths = flags.ignore_paths;
  HALLMARK_ASSIGN_OR_RETURN(files.threads, parse_number("--max-workers", flags.workers));
  HALLMARK_ASSIGN_OR_RETURN(const model::HashingOptions hashing, parse_hashing(flags.hashing));
  HALLMARK_TRY(
      model::digest_model(flags.model, files, hashing, model::Compatibility::kNone, context));
  return {};
}

using Action = Result<void> (*)(const Flags&, const model::Context&);

Result<Action> operation_of(const std::string& name) {
  if (name == "hash") return hash_files;
  if (name == "sign") return sign;
  if (name == "verify") return verify;
  return fail(Code::kUnsupported,
              fmt::format("operation '{}' is not supported", base::escape_for_display(name)));
}

// Repeats an operation within one process, so that its start is not counted.
Result<void> benchmark(const Flags& flags, const model::Context& context) {
  using Clock = std::chrono::steady_clock;
  using Milliseconds = std::chrono::duration<double, std::milli>;
  HALLMARK_ASSIGN_OR_RETURN(const Action operation, operation_of(flags.operation));
  HALLMARK_ASSIGN_OR_RETURN(const std::size_t repeat, parse_number("--repeat", flags.repeat));
  base::JsonArray times;
  for (std::size_t i = 0; i <= repeat; ++i) {
    const Clock::time_point start = Clock::now();
    HALLMARK_TRY(operation(flags, context));
    const double taken = Milliseconds(Clock::now() - start).count();
    if (i > 0) times.emplace_back(taken);  // the first run only warms up
  }
  std::puts(base::write_json(base::JsonObject{{"times_ms", std::move(times)}}).c_str());
  return {};
}

Result<void> print_capabilities(const Flags& /*flags*/, const model::Context& /*context*/) {
  std::puts(R"({"flags":["--hash-algorithm","--shard-size","--max-workers"],)"
            R"("hash_algorithms":["sha256","blake2b","blake3"],"benchmark_model":true,)"
            R"("client_version":"hallmark )" HALLMARK_VERSION R"("})");
  return {};
}

void add_common_flags(Command command, Flags& flags) {
  command.add_option("--model-path", flags.model, "PATH", "The model", Presence::kRequired);
  command.add_repeatable("--cert-chain", flags.chain, "PATH", "Certificates, PEM");
  command.add_repeatable("--ignore-paths", flags.ignore_paths, "PATH", "Paths to leave out");
  command.add_option("--max-workers", flags.workers, "N", "Threads that hash");
}

void add_signing_flags(Command command, Flags& flags) {
  command.add_option("--private-key", flags.private_key, "PATH", "Private key, PEM");
  command.add_option("--signing-cert", flags.certificate, "PATH", "Its certificate, PEM");
  add_hashing_options(command, flags.hashing, Offered::kRegistered);
}

void add_verifying_flags(Command command, Flags& flags) {
  command.add_option("--public-key", flags.public_key, "PATH", "Public key, PEM");
  command.add_flag("--ignore-unsigned-files", flags.ignore_unsigned_files,
                   "Do not look at files that the bundle does not name");
}

void add_benchmark(Command program, Flags& flags, Action& action) {
  Command command = program.add_command("benchmark-model", "Time an operation");
  command.add_option("--operation", flags.operation, "NAME", "hash, sign or verify",
                     Presence::kRequired);
  command.add_option("--method", flags.method, "METHOD", "key or certificate");
  command.add_option("--repeat", flags.repeat, "N", "How often", Presence::kRequired);
  command.add_option("--output-bundle,--bundle", flags.signature, "PATH", "The bundle");
  add_common_flags(command, flags);
  add_signing_flags(command, flags);
  add_verifying_flags(command, flags);
  command.on_chosen([&] { action = benchmark; });
}

void add_operations(Command program, Flags& flags, Action& action) {
  Command sign_model = program.add_command("sign-model", "Sign a model");
  Command verify_model = program.add_command("verify-model", "Verify a model");
  for (Command command : {sign_model, verify_model}) {
    command.add_option("--method", flags.method, "METHOD", "key or certificate",
                       Presence::kRequired);
    add_common_flags(command, flags);
  }
  sign_model.add_option("--output-bundle", flags.signature, "PATH", "The bundle",
                        Presence::kRequired);
  add_signing_flags(sign_model, flags);
  sign_model.on_chosen([&] { action = sign; });
  verify_model.add_option("--bundle", flags.signature, "PATH", "The bundle", Presence::kRequired);
  add_verifying_flags(verify_model, flags);
  verify_model.on_chosen([&] { action = verify; });
  add_benchmark(program, flags, action);
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

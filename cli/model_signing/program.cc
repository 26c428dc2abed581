#include "cli/model_signing/program.h"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>

#include <fmt/core.h>

#include "cli/hints.h"
#include "cli/model_signing/invocation.h"
#include "cli/model_signing/operations.h"
#include "cli/model_signing/strictness.h"
#include "cli/process_guards.h"
#include "cli/progress_bar.h"
#include "hallmark/base/utf8.h"
#include "hallmark/crypto/process_memory.h"

namespace hallmark::cli::model_signing {
namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kUsage = 2;

struct Command {
  std::string_view name;
  Outcome (*run)(const Invocation&, const model::Context&);
  std::string_view failure;  // What scripts know failures by.
};

constexpr Command kCommands[] = {
    {"sign", sign, "Signing failed with error: "},
    {"verify", verify, "Verification failed with error: "},
    {"digest", digest, "Computing digest failed: "},
};

const Command& command_of(const Invocation& call) {
  for (const Command& command : kCommands) {
    if (command.name == call.command) return command;
  }
  HALLMARK_CHECK(false);
  return kCommands[0];
}

bool write_all(std::FILE* stream, std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), stream) == text.size() &&
         std::fflush(stream) == 0;
}

Outcome failed(Code code, std::string message) { return {Error{code, std::move(message)}, {}, {}}; }

// Hallmark throws nothing, but what it builds on may.
Outcome run_command(const Command& command, const Invocation& call, const model::Context& context) {
  try {
    return command.run(call, context);
  } catch (const std::bad_alloc&) {
    return failed(Code::kLimitExceeded, "out of memory");
  } catch (const std::exception& error) {
    return failed(Code::kInternal, base::escape_for_display(error.what()));
  }
}

// There is no --password-file here.
std::string_view hint_of(Code code) {
  if (code == Code::kPassphraseRequired) return "give the passphrase with HALLMARK_KEY_PASSWORD";
  return hint_for(code);
}

int tell_failure(const Command& command, const Outcome& outcome) {
  const Error& problem = *outcome.problem;
  std::string text = fmt::format("{}{} [{}]\n{}", command.failure, problem.message,
                                 name_of(problem.code), outcome.details);
  const std::string_view hint = hint_of(problem.code);
  if (!hint.empty()) text += fmt::format("model_signing: hint: {}\n", hint);
  const std::string_view laxer = what_reference_does(problem.code, command.name);
  if (!laxer.empty()) {
    text += fmt::format("Hallmark is stricter here: model-signing 1.1.1 {}\n", laxer);
  }
  write_all(stderr, text);
  return kFailed;
}

int perform(const Invocation& call) {
  static base::Cancellation cancellation;  // outlives everything a signal could interrupt
  const SignalGuard signals(cancellation);
  const base::SystemClock clock;
  ThresholdLog log(call.threshold);
  const Command& command = command_of(call);
  Outcome outcome;
  {
    ProgressBar progress;
    outcome = run_command(command, call, model::Context{clock, progress, log, cancellation});
  }
  if (!outcome.problem && !write_all(stdout, outcome.result)) {
    outcome = failed(Code::kIoError, "cannot write to standard output");
  }
  return outcome.problem ? tell_failure(command, outcome) : kDone;
}

int answer(const Reply& reply) {
  const bool written = write_all(reply.is_answer ? stdout : stderr, reply.text);
  if (!reply.is_answer) return kUsage;
  return written ? kDone : kFailed;
}

}  // namespace

int run(int argc, char** argv) {
  crypto::wipe_freed_memory();
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const char* level = std::getenv("MODEL_SIGNING_LOG_LEVEL");
  const auto interpreted = interpret(arguments, level == nullptr ? "" : level);
  if (const auto* reply = std::get_if<Reply>(&interpreted)) return answer(*reply);
  return perform(std::get<Invocation>(interpreted));
}

}  // namespace hallmark::cli::model_signing

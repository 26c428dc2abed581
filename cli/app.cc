#include "cli/app.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>

#include <fmt/core.h>

#include "cli/argument_spelling.h"
#include "cli/command.h"
#include "cli/command_line.h"
#include "cli/process_guards.h"
#include "cli/progress_bar.h"
#include "hallmark/base/utf8.h"
#include "hallmark/crypto/process_memory.h"

namespace hallmark::cli {
namespace {

constexpr std::string_view kHelp =
    "Exit codes: 0 done or verified, 1 rejected, 2 wrong usage, 3 undecided.\n"
    "'hallmark COMMAND --help' explains a command.";

void add_commands(Command program, Selection& selection) {
  program.set_help(kHelp);
  add_sign(program, selection);
  add_verify(program, selection);
  add_digest(program, selection);
  add_diff(program, selection);
  add_inspect(program, selection);
  add_key(program, selection);
  add_bench(program, selection);
}

// `sign sigstore` and `verify sigstore`, which only the reference has.
bool asks_for_keyless(const std::vector<std::string>& arguments) {
  return arguments.size() >= 2 && (arguments[0] == "sign" || arguments[0] == "verify") &&
         arguments[1] == "sigstore";
}

int report_usage(const Parsed& parsed, const std::vector<std::string>& arguments) {
  const bool json = std::find(arguments.begin(), arguments.end(), "--json") != arguments.end();
  const Error problem{Code::kUsage, *parsed.problem};
  const int code = print_report(parsed.command, failed(problem), {}, json);
  if (!json) {
    if (asks_for_keyless(arguments)) {
      std::fputs("hallmark: hint: keyless signatures are not available in this version\n", stderr);
    }
    const std::string help = fmt::format("hallmark: hint: see 'hallmark {}{}--help'\n",
                                         parsed.command, parsed.command.empty() ? "" : " ");
    std::fputs(help.c_str(), stderr);
  }
  return code;
}

// Hallmark throws nothing, but what it builds on may.
CommandReport run_command(const Selection& selection, const model::Context& context) {
  try {
    return selection.run(context);
  } catch (const std::bad_alloc&) {
    return failed(Error{Code::kLimitExceeded, "out of memory"});
  } catch (const std::exception& error) {
    return failed(Error{Code::kInternal, base::escape_for_display(error.what())});
  }
}

int run_selected(const Selection& selection) {
  static base::Cancellation cancellation;  // outlives everything a signal could interrupt
  const SignalGuard signals(cancellation);
  const base::SystemClock clock;
  StderrLog log;
  CommandReport report;
  {
    ProgressBar progress;
    report = run_command(selection, model::Context{clock, progress, log, cancellation});
  }
  return print_report(selection.name, report, log.warnings(), selection.json);
}

}  // namespace

int run(int argc, char** argv) {
  crypto::wipe_freed_memory();
  CommandLine command_line("hallmark", "Hallmark signs and verifies machine-learning models.",
                           HALLMARK_VERSION);
  Selection selection;
  add_commands(command_line.root(), selection);
  const std::vector<std::string> arguments = with_method(with_hyphens(argc, argv));
  const Parsed parsed = command_line.parse(arguments);
  if (parsed.answer) return print_text(*parsed.answer);
  if (parsed.problem) return report_usage(parsed, arguments);
  return run_selected(selection);
}

}  // namespace hallmark::cli

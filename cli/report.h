#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/attest/verify.h"
#include "hallmark/base/json.h"
#include "hallmark/base/log.h"
#include "hallmark/base/result.h"
#include "hallmark/manifest/compare.h"

namespace hallmark::cli {

/// What a command has to say: the same for people and for programs.
struct CommandReport {
  /// Why the command did not succeed; decides the exit code.
  std::optional<Error> problem;
  /// The command answers "verified, rejected or undecided".
  bool judges = false;
  /// One sentence for success.
  std::string message;
  /// Members beside the common ones (docs/formats/report.md).
  base::JsonObject members;
  /// Lines for people on stdout, each with its line end.
  std::string text;
  /// The same on stderr, of a command whose stdout is a value for scripts.
  std::string notes;
};

/// Prints warnings to stderr as they come, and keeps them for the report.
class StderrLog final : public base::LogSink {
 public:
  void log(base::LogLevel level, std::string_view message) override;

  [[nodiscard]] const std::vector<std::string>& warnings() const { return kept_.warnings(); }

 private:
  base::CollectingLog kept_;
};

/// Exit code of a report: 0, 1 rejected, 2 usage, 3 undecided.
int exit_code(const std::optional<Error>& problem);

/// The report as one JSON value, indented, with final newline.
std::string report_as_json(const std::string& command, const CommandReport& report,
                           const std::vector<std::string>& warnings);

/// Prints a report: JSON to stdout, or text to stdout and the problem to stderr. Returns the exit
/// code; a report that cannot be written to stdout is undecided.
int print_report(const std::string& command, const CommandReport& report,
                 const std::vector<std::string>& warnings, bool json);

/// Prints text to stdout. Returns 0, or the exit code of a failure, which it tells.
int print_text(std::string_view text);

/// A signer for programs and for people.
base::JsonValue signer_as_json(const attest::VerifiedSigner& signer);
std::string signer_as_text(const attest::VerifiedSigner& signer);

/// "certificate" or "key", as reports name the methods.
std::string_view method_name(bool certified);

base::JsonValue texts_as_json(const std::vector<std::string>& texts);

base::JsonValue certificate_as_json(const crypto::Certificate& certificate);

/// One line for each file that no shard covers, as they are empty; `consequence` says what follows.
std::string files_without_shard_as_text(const std::vector<std::string>& files,
                                        std::string_view consequence);

/// One line when there are such files, and nothing otherwise.
std::string files_not_read_as_text(std::uint64_t files);

base::JsonValue differences_as_json(const std::vector<manifest::Difference>& differences);
std::string differences_as_text(const std::vector<manifest::Difference>& differences);

}  // namespace hallmark::cli

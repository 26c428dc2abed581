#include "cli/report.h"

#include <algorithm>
#include <cstdio>

#include <fmt/core.h>

#include "cli/hints.h"
#include "hallmark/base/json_writer.h"
#include "hallmark/base/utf8.h"
#include "hallmark/model/verify.h"

namespace hallmark::cli {
namespace {

using base::JsonArray;
using base::JsonObject;
using base::JsonValue;

constexpr std::string_view kSchema = "hallmark-report/v1";

// More of a kind than this are counted, not named, in the text for people.
constexpr std::size_t kNamed = 20;

JsonValue verdict_of(const CommandReport& report) {
  if (!report.judges) return nullptr;
  if (!report.problem) return model::to_string(model::Verdict::kVerified);
  switch (failure_of(report.problem->code)) {
    case Failure::kUsage:
      return nullptr;
    case Failure::kRejected:
      return model::to_string(model::Verdict::kRejected);
    case Failure::kUndecided:
      break;
  }
  return model::to_string(model::Verdict::kUndecided);
}

JsonValue or_null(const std::optional<hash::Digest>& digest) {
  if (!digest) return nullptr;
  return digest->to_string();
}

JsonValue ranges_as_json(const std::vector<manifest::ByteRange>& ranges) {
  JsonArray array;
  for (const manifest::ByteRange& range : ranges) {
    array.emplace_back(JsonObject{{"start", range.start}, {"end", range.end}});
  }
  return array;
}

// People count the last byte in.
std::string ranges_as_text(const std::vector<manifest::ByteRange>& ranges) {
  if (ranges.empty()) return {};
  std::string text = "         bytes";
  for (std::size_t i = 0; i < std::min(ranges.size(), kNamed); ++i) {
    text += fmt::format("{} {}-{}", i == 0 ? "" : ",", ranges[i].start, ranges[i].end - 1);
  }
  if (ranges.size() > kNamed) text += fmt::format(" and {} more ranges", ranges.size() - kNamed);
  return text + "\n";
}

// JSON is UTF-8; what the user typed or a certificate holds need not be.
void make_utf8(JsonValue& value) {
  if (auto* text = value.get_if<std::string>()) {
    if (!base::is_utf8(*text)) *text = base::escape_for_display(*text);
  } else if (auto* array = value.get_if<JsonArray>()) {
    for (JsonValue& element : *array) make_utf8(element);
  } else if (auto* object = value.get_if<JsonObject>()) {
    for (auto& member : *object) make_utf8(member.second);
  }
}

bool write_all(std::FILE* stream, std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), stream) == text.size() &&
         std::fflush(stream) == 0;
}

void print_problem(const Error& problem) {
  const std::string line =
      fmt::format("hallmark: error: {} [{}]\n", problem.message, name_of(problem.code));
  write_all(stderr, line);
  const std::string_view hint = hint_for(problem.code);
  if (!hint.empty()) write_all(stderr, fmt::format("hallmark: hint: {}\n", hint));
}

}  // namespace

void StderrLog::log(base::LogLevel level, std::string_view message) {
  kept_.log(level, message);
  if (level == base::LogLevel::kWarning) {
    write_all(stderr, fmt::format("hallmark: warning: {}\n", message));
  }
}

int exit_code(const std::optional<Error>& problem) {
  if (!problem) return 0;
  switch (failure_of(problem->code)) {
    case Failure::kRejected:
      return 1;
    case Failure::kUsage:
      return 2;
    case Failure::kUndecided:
      break;
  }
  return 3;
}

std::string report_as_json(const std::string& command, const CommandReport& report,
                           const std::vector<std::string>& warnings) {
  JsonObject object;
  object.emplace_back("schema", kSchema);
  object.emplace_back("command", command);
  object.emplace_back("verdict", verdict_of(report));
  object.emplace_back("reason",
                      report.problem ? JsonValue(name_of(report.problem->code)) : nullptr);
  object.emplace_back("message", report.problem ? report.problem->message : report.message);
  for (const auto& member : report.members) object.push_back(member);
  object.emplace_back("warnings", texts_as_json(warnings));
  JsonValue value(std::move(object));
  make_utf8(value);
  return base::write_json_indented(value);
}

int print_report(const std::string& command, const CommandReport& report,
                 const std::vector<std::string>& warnings, bool json) {
  const std::string output = json ? report_as_json(command, report, warnings) : report.text;
  const int written = print_text(output);
  if (!json) write_all(stderr, report.notes);
  if (report.problem && !json) print_problem(*report.problem);
  return written != 0 ? written : exit_code(report.problem);
}

int print_text(std::string_view text) {
  if (write_all(stdout, text)) return 0;
  const Error problem{Code::kIoError, "cannot write to standard output"};
  print_problem(problem);
  return exit_code(problem);
}

std::string_view method_name(bool certified) { return certified ? "certificate" : "key"; }

JsonValue texts_as_json(const std::vector<std::string>& texts) {
  JsonArray array;
  for (const std::string& text : texts) array.emplace_back(text);
  return array;
}

JsonValue certificate_as_json(const crypto::Certificate& certificate) {
  JsonArray names;
  JsonArray types;
  for (const crypto::AlternativeName& name : certificate.alternative_names()) {
    names.emplace_back(name.value);
    types.emplace_back(to_string(name.type));
  }
  return JsonObject{
      {"subject", certificate.subject()},
      {"issuer", certificate.issuer()},
      {"serial_number", certificate.serial_number()},
      {"not_before", base::to_string(certificate.not_before())},
      {"not_after", base::to_string(certificate.not_after())},
      {"alternative_names", std::move(names)},
      {"alternative_name_types", std::move(types)},
  };
}

JsonValue signer_as_json(const attest::VerifiedSigner& signer) {
  if (const auto* key = std::get_if<crypto::PublicKey>(&signer)) {
    return JsonObject{{"method", "key"},
                      {"key_type", crypto::to_string(key->type())},
                      {"key_hint", key->hint()},
                      {"certificates", JsonArray{}},
                      {"valid_at", nullptr}};
  }
  const auto& chain = std::get<crypto::VerifiedChain>(signer);
  const auto key = chain.leaf().public_key();
  JsonArray certificates;
  for (const auto& c : chain.certificates()) certificates.push_back(certificate_as_json(c));
  return JsonObject{{"method", "certificate"},
                    {"key_type", key ? JsonValue(crypto::to_string(key->type())) : nullptr},
                    {"key_hint", key ? JsonValue(key->hint()) : nullptr},
                    {"certificates", std::move(certificates)},
                    {"valid_at", base::to_string(chain.valid_at())}};
}

std::string signer_as_text(const attest::VerifiedSigner& signer) {
  if (const auto* key = std::get_if<crypto::PublicKey>(&signer)) {
    return fmt::format("{} key {}", crypto::to_string(key->type()), key->hint());
  }
  const auto& chain = std::get<crypto::VerifiedChain>(signer);
  return fmt::format("certificate '{}' issued by '{}', valid at {}",
                     base::escape_for_display(chain.leaf().subject()),
                     base::escape_for_display(chain.leaf().issuer()),
                     base::to_string(chain.valid_at()));
}

std::string files_without_shard_as_text(const std::vector<std::string>& files,
                                        std::string_view consequence) {
  std::string text;
  for (std::size_t i = 0; i < std::min(files.size(), kNamed); ++i) {
    text += fmt::format("note      {} is empty and has no shard: {}\n",
                        base::escape_for_display(files[i]), consequence);
  }
  if (files.size() > kNamed) {
    text += fmt::format("note      and {} more empty files\n", files.size() - kNamed);
  }
  return text;
}

std::string files_not_read_as_text(std::uint64_t files) {
  if (files == 0) return {};
  return fmt::format("note      {} {} not read again (--cache)\n", files,
                     files == 1 ? "file was" : "files were");
}

JsonValue differences_as_json(const std::vector<manifest::Difference>& differences) {
  JsonArray array;
  for (const manifest::Difference& d : differences) {
    array.emplace_back(JsonObject{
        {"kind", manifest::to_string(d.kind)},
        {"path", d.path},
        {"new_path", d.new_path ? JsonValue(*d.new_path) : nullptr},
        {"expected", or_null(d.expected)},
        {"found", or_null(d.found)},
        {"ranges", ranges_as_json(d.ranges)},
    });
  }
  return array;
}

std::string differences_as_text(const std::vector<manifest::Difference>& differences) {
  std::string text;
  for (const manifest::Difference& d : differences) {
    text += fmt::format("{:<8} {}", manifest::to_string(d.kind), base::escape_for_display(d.path));
    if (d.new_path) text += fmt::format(" -> {}", base::escape_for_display(*d.new_path));
    text += "\n";
    if (d.kind != manifest::DifferenceKind::kChanged) continue;
    text += ranges_as_text(d.ranges);
    if (!d.expected || !d.found) continue;
    text += fmt::format("         expected {}\n         found    {}\n", d.expected->to_string(),
                        d.found->to_string());
  }
  return text;
}

}  // namespace hallmark::cli

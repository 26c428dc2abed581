#include "cli/model_signing/help.h"

#include <algorithm>

#include <fmt/core.h>

namespace hallmark::cli::model_signing {
namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kSummaryColumn = 30;

// Words put into lines that begin at a column; the first line goes on at `column`.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t column) {
  std::string lines;
  bool at_start = true;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (!at_start && column + 1 + word.size() > kWidth) {
      lines += "\n" + std::string(indent, ' ');
      column = indent;
      at_start = true;
    }
    if (!at_start) lines += ' ';
    column += word.size() + (at_start ? 0 : 1);
    lines += word;
    at_start = false;
  }
  return lines + "\n";
}

std::string entry(std::string_view names, std::string_view summary) {
  std::string line = fmt::format("  {}", names);
  if (line.size() + 2 > kSummaryColumn) {
    line += "\n" + std::string(kSummaryColumn, ' ');
  } else {
    line.resize(kSummaryColumn, ' ');
  }
  return line + wrapped(summary, kSummaryColumn, kSummaryColumn);
}

std::string names_of(const Option& option) {
  if (option.name == "--help") return "-h, --help";
  if (!option.negation.empty()) return fmt::format("{} / {}", option.name, option.negation);
  if (option.takes == Takes::kNothing) return std::string(option.name);
  return fmt::format("{} {}", option.name, option.value_name);
}

std::string_view arguments_of(const CommandForm& command, std::string_view path) {
  if (command.commands.empty()) return "MODEL_PATH";
  return path.empty() ? "COMMAND [ARGS]..." : "METHOD [ARGS]...";
}

}  // namespace

std::string usage_line(const CommandForm& command, std::string_view path) {
  return fmt::format("Usage: model_signing{}{} [OPTIONS] {}\n", path.empty() ? "" : " ", path,
                     arguments_of(command, path));
}

std::string help_of(const CommandForm& command, std::string_view path) {
  std::string text = usage_line(command, path);
  text += "\n  " + wrapped(command.description, 2, 2);
  text += "\nOptions:\n";
  for (const Option& option : command.options) {
    std::string summary(option.summary);
    if (option.required) summary += " Required.";
    text += entry(names_of(option), summary);
  }
  if (command.commands.empty()) return text;
  text += path.empty() ? "\nCommands:\n" : "\nMethods:\n";
  for (const CommandForm& below : command.commands) text += entry(below.word, below.summary);
  return text;
}

}  // namespace hallmark::cli::model_signing

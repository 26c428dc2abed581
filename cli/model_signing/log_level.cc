#include "cli/model_signing/log_level.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"

namespace hallmark::cli::model_signing {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"debug", "info", "warning", "error",
                                                    "critical"};

std::string in_lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

Threshold level_of(base::LogLevel level) {
  switch (level) {
    case base::LogLevel::kDebug:
      return Threshold::kDebug;
    case base::LogLevel::kInfo:
      return Threshold::kInfo;
    case base::LogLevel::kWarning:
      break;
  }
  return Threshold::kWarning;
}

}  // namespace

Result<Threshold> parse_threshold(std::string_view text, std::string_view source) {
  const auto name = std::find(kNames.begin(), kNames.end(), in_lower_case(text));
  if (name != kNames.end()) return static_cast<Threshold>(name - kNames.begin());
  return fail(Code::kUsage,
              fmt::format("{}: expected DEBUG, INFO, WARNING, ERROR or CRITICAL, found '{}'",
                          source, base::escape_for_display(text)));
}

void ThresholdLog::log(base::LogLevel level, std::string_view message) {
  if (level_of(level) < threshold_) return;
  const std::string_view prefix =
      level == base::LogLevel::kWarning ? "model_signing: warning: " : "";
  std::fputs(fmt::format("{}{}\n", prefix, message).c_str(), stderr);
}

}  // namespace hallmark::cli::model_signing

#pragma once

#include <cstdint>
#include <string_view>

#include "hallmark/base/log.h"
#include "hallmark/base/result.h"

namespace hallmark::cli::model_signing {

/// From which level on messages are shown. What makes the command fail is always shown.
enum class Threshold : std::uint8_t { kDebug, kInfo, kWarning, kError, kCritical };

/// Reads DEBUG, INFO, WARNING, ERROR or CRITICAL in any case. `source` is named in the failure,
/// which is kUsage.
Result<Threshold> parse_threshold(std::string_view text, std::string_view source);

/// Shows messages of the threshold's level and above on stderr.
class ThresholdLog final : public base::LogSink {
 public:
  explicit ThresholdLog(Threshold threshold) : threshold_(threshold) {}

  void log(base::LogLevel level, std::string_view message) override;

 private:
  Threshold threshold_;
};

}  // namespace hallmark::cli::model_signing

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hallmark::base {

enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarning };

/// Hears what an operation has to tell beside its result. Messages start in lower case, have no
/// full stop, never hold a secret; names from files are already escaped for display.
class LogSink {
 public:
  virtual ~LogSink() = default;

  virtual void log(LogLevel level, std::string_view message) = 0;
};

/// Keeps warnings, for reports and tests.
class CollectingLog final : public LogSink {
 public:
  void log(LogLevel level, std::string_view message) override;

  [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  std::vector<std::string> warnings_;
};

}  // namespace hallmark::base

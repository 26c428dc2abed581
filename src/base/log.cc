#include "hallmark/base/log.h"

namespace hallmark::base {

void CollectingLog::log(LogLevel level, std::string_view message) {
  if (level == LogLevel::kWarning) warnings_.emplace_back(message);
}

}  // namespace hallmark::base

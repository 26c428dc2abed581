#include "hallmark/base/clock.h"

#include <chrono>

namespace hallmark::base {

UnixTime SystemClock::now() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return UnixTime{std::chrono::duration_cast<std::chrono::seconds>(since_epoch).count()};
}

}  // namespace hallmark::base

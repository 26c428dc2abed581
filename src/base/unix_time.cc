#include "hallmark/base/unix_time.h"

#include <chrono>

#include <fmt/core.h>

namespace hallmark::base {

std::string to_string(UnixTime time) {
  using namespace std::chrono;
  const sys_seconds instant{seconds{time.seconds}};
  const auto day = floor<days>(instant);
  const year_month_day date{day};
  const hh_mm_ss clock{instant - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace hallmark::base

#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace hallmark::base {

/// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
struct UnixTime {
  std::int64_t seconds = 0;

  friend auto operator<=>(const UnixTime&, const UnixTime&) = default;
};

/// RFC 3339 text in UTC: "2026-11-25T10:11:12Z".
std::string to_string(UnixTime time);

}  // namespace hallmark::base

#pragma once

#include "hallmark/base/unix_time.h"

namespace hallmark::base {

/// Where the current time comes from; tests put a fixed one in its place.
class Clock {
 public:
  virtual ~Clock() = default;

  [[nodiscard]] virtual UnixTime now() const = 0;
};

/// The clock of the machine.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] UnixTime now() const override;
};

}  // namespace hallmark::base

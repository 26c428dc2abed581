#pragma once

#include <cstdint>

#include "hallmark/base/clock.h"

namespace hallmark::testing {

/// A clock that stands still until a test moves it.
class FixedClock final : public base::Clock {
 public:
  explicit FixedClock(base::UnixTime now) : now_(now) {}

  [[nodiscard]] base::UnixTime now() const override { return now_; }

  void set(base::UnixTime now) { now_ = now; }
  void advance(std::int64_t seconds) { now_.seconds += seconds; }

 private:
  base::UnixTime now_;
};

}  // namespace hallmark::testing

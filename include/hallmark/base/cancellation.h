#pragma once

#include <atomic>

#include "hallmark/base/result.h"

namespace hallmark::base {

/// A request to stop, set once by one side (a signal handler may) and looked at by the other.
class Cancellation {
 public:
  void request() noexcept { requested_.store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool requested() const noexcept {
    return requested_.load(std::memory_order_relaxed);
  }

  /// Fails with kCancelled once a stop was requested.
  [[nodiscard]] Result<void> check() const {
    if (requested()) return fail(Code::kCancelled, "interrupted");
    return {};
  }

 private:
  std::atomic<bool> requested_{false};
};

}  // namespace hallmark::base

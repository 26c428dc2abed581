#pragma once

#include <algorithm>
#include <ctime>

namespace hallmark::hash {

/// Processor time that this thread has used, in seconds. What is measured by it does not suffer
/// from other work on the machine, but for the caches and the memory that all share.
inline double thread_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Bytes a second of `bytes` that were worked on since `began`.
inline double rate_since(double began, std::size_t bytes) {
  return static_cast<double>(bytes) / std::max(thread_seconds() - began, 1e-9);
}

}  // namespace hallmark::hash

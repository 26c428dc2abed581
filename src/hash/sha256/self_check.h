#pragma once

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "hash/sha256/kernel.h"

namespace hallmark::hash::sha256 {

/// Compares a kernel with libcrypto on a few hundred bytes a lane. Takes microseconds.
bool agrees_with_libcrypto(const Kernel& kernel);

/// Remembers which kernels were checked, and how. Any thread may ask.
class SelfChecks {
 public:
  explicit SelfChecks(std::function<bool(const Kernel&)> check = agrees_with_libcrypto);

  /// Checks a kernel when it is asked for first.
  bool passes(const Kernel& kernel);

 private:
  std::function<bool(const Kernel&)> check_;
  std::mutex mutex_;
  std::vector<std::pair<Compress, bool>> results_;  // guarded by mutex_
};

/// Those of this process: a processor does not change under way, and start-up time counts.
SelfChecks& process_self_checks();

}  // namespace hallmark::hash::sha256

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hash/sha256/measure.h"
#include "hash/sha256/self_check.h"

namespace hallmark::hash::sha256 {

/// What one thread has to hash.
struct Workload {
  std::size_t messages = 1;
  bool is_large = false;  ///< Takes so long that some milliseconds of measuring pay.
};

/// A kernel and the number of live messages from which on it is the quickest. Below its width, the
/// other lanes are dummies; above, messages wait for a lane.
struct Step {
  Kernel kernel;
  std::size_t from;
};

/// The kernels for a workload. All have passed their self-check.
struct Choice {
  std::vector<Step> steps;            ///< In ascending `from`; the first is for one message.
  std::vector<std::string> warnings;  ///< Why it is not the choice that was to be expected.

  [[nodiscard]] const Kernel& for_messages(std::size_t live) const;
};

/// Chooses by the environment (HALLMARK_SHA256_KERNEL names a kernel for everything), by what is
/// known of this processor, and by measuring where the work is large and figures are missing; that
/// is done once in the life of the process.
Choice choose(const Workload& workload);

/// What `choose` chooses, from the facts given. Only kernels that `messages` live messages can make
/// use of are checked. One that fails is left out, down to libcrypto's single stream, which is
/// taken unchecked. `forced` may be empty.
Choice choose_among(std::span<const Rate> rates, std::size_t messages, std::string_view forced,
                    SelfChecks& checks);

}  // namespace hallmark::hash::sha256

#pragma once

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/hash/algorithm.h"
#include "hash/sha256/kernel.h"

// For tests, which shall take every way that leads from a file to its digest.

namespace hallmark::hash::engine {

/// One way through the code that hashes files.
struct HashingPath {
  Algorithm algorithm;
  std::string_view kernel;  ///< Of SHA-256; empty for other algorithms.
};

/// SHA-256 by every kernel of this machine, and every other algorithm.
inline std::vector<HashingPath> every_hashing_path() {
  std::vector<HashingPath> paths;
  for (const auto& kernel : sha256::kernels_of_this_machine()) {
    paths.push_back({Algorithm::kSha256, kernel.name});
  }
  for (const Algorithm algorithm : kAlgorithms) {
    if (algorithm != Algorithm::kSha256) paths.push_back({algorithm, {}});
  }
  return paths;
}

/// For names of parametrised tests.
inline std::string name_of(const HashingPath& path) {
  return std::string(path.kernel.empty() ? to_string(path.algorithm) : path.kernel);
}

/// Has one kernel hash everything while it lives; the empty name leaves the choice as it is.
class ForcedKernel {
 public:
  explicit ForcedKernel(std::string_view name) {
    if (!name.empty()) ::setenv(kVariable, std::string(name).c_str(), 1);
  }
  ~ForcedKernel() { ::unsetenv(kVariable); }
  ForcedKernel(const ForcedKernel&) = delete;
  ForcedKernel& operator=(const ForcedKernel&) = delete;

 private:
  static constexpr const char* kVariable = "HALLMARK_SHA256_KERNEL";
};

}  // namespace hallmark::hash::engine

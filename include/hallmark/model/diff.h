#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/manifest/compare.h"
#include "hallmark/model/context.h"
#include "hallmark/model/options.h"

namespace hallmark::model {

/// Two things to be compared: each a model, or a signature, which stands for the files it lists.
struct DiffRequest {
  std::string before;
  std::string after;
  FileOptions files;
};

/// One of the two.
struct DiffSide {
  bool is_signature = false;  ///< It was read, and nothing of it was verified.
  std::uint64_t files = 0;
};

struct DiffReport {
  DiffSide before;
  DiffSide after;
  HashingOptions hashing;
  /// From before to after: what is missing was removed, what is extra was added.
  std::vector<manifest::Difference> differences;
  std::uint64_t files_not_read = 0;  ///< Whose digests the digest cache knew.
};

/// Compares two models, two signatures, or a model and a signature. A model is hashed, and its
/// files are chosen, as the signature beside it says. A file is a signature when it is JSON with
/// the members `mediaType` and `dsseEnvelope`, and a model otherwise.
///
/// Fails with kUnsupported when two signatures have digests of different kinds, which nobody can
/// compare.
Result<DiffReport> diff_models(const DiffRequest& request, const Context& context);

}  // namespace hallmark::model

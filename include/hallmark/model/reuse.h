#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/attest/verify.h"
#include "hallmark/hash/digest.h"
#include "hallmark/model/expected_signer.h"
#include "hallmark/model/options.h"

namespace hallmark::model {

/// An older signature of a model, from which digests may be taken over.
struct ReuseRequest {
  std::string signature;
  ExpectedSigner expected_signer;
  /// Paths that changed since, each with everything beneath it, as the user gives them: absolute or
  /// relative to the current directory. One that is not inside the model is refused with
  /// kPathOutsideModel, one that names nothing with kUsage. Nothing is taken over on the word of
  /// somebody who did not say what changed.
  std::optional<std::vector<std::string>> changed;
  /// When the old signature has something else its digests are of no use: kUsage.
  RequestedHashing hashing;
};

/// What was taken over, and who vouches for it.
struct ReuseReport {
  attest::VerifiedSigner signer;  ///< Of the old signature.
  std::string subject;            ///< The model's name in it.
  hash::Digest digest;            ///< Its root digest.
  std::uint64_t taken_over = 0;   ///< Files that were not read.
};

}  // namespace hallmark::model

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/hash/digest.h"
#include "hallmark/model/context.h"
#include "hallmark/model/options.h"

namespace hallmark::model {

struct DigestReport {
  hash::Digest digest;                           ///< The root digest (OMS v1.0 section 6.5).
  std::uint64_t files = 0;                       ///< That it covers.
  std::vector<std::string> files_without_shard;  ///< Empty ones, which shards do not cover.
  std::uint64_t files_not_read = 0;              ///< Whose digests the digest cache knew.
};

/// Computes a model's root digest: one short name for all of its files' contents, in order. It is
/// SHA-256 over the digests that `hashing` asks for. Fails with kUsage when the shard size is
/// larger than it can be.
Result<DigestReport> digest_model(const std::string& model, const FileOptions& options,
                                  const HashingOptions& hashing, Compatibility compatibility,
                                  const Context& context);

}  // namespace hallmark::model

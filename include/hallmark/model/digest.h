#pragma once

#include <cstdint>
#include <string>

#include "hallmark/base/result.h"
#include "hallmark/hash/digest.h"
#include "hallmark/model/context.h"
#include "hallmark/model/options.h"

namespace hallmark::model {

struct DigestReport {
  hash::Digest digest;  ///< The root digest (OMS v1.0 section 6.5).
  std::uint64_t files = 0;
};

/// Computes a model's root digest: one short name for all of its files' contents, in order.
Result<DigestReport> digest_model(const std::string& model, const FileOptions& options,
                                  Compatibility compatibility, const Context& context);

}  // namespace hallmark::model

#pragma once

#include <span>
#include <string>

#include "hallmark/base/result.h"
#include "hallmark/manifest/ignore.h"
#include "hallmark/manifest/measure.h"
#include "hallmark/manifest/tree.h"
#include "hallmark/model/options.h"

namespace hallmark::model {

/// The user's choice of files as rules for the model: ignored paths resolved, and the signatures
/// that lie inside the model left out as well. Git's names are not among the rules yet.
Result<manifest::MeasureOptions> choose_files(const manifest::ModelTree& tree,
                                              const FileOptions& options,
                                              std::span<const std::string> signatures,
                                              base::LogSink& log);

/// Fails with kUsage when the shard size is larger than it can be.
Result<void> check_shard_size(const HashingOptions& hashing);

/// How files are hashed whose digests come from `source`, a file that has them as `found` says.
/// Fails with kUsage when something else was asked for.
Result<HashingOptions> agreed_hashing(const std::string& source, const HashingOptions& found,
                                      const RequestedHashing& requested);

/// Adds how the chosen files are hashed.
void choose_hashing(const HashingOptions& hashing, manifest::MeasureOptions& chosen);

}  // namespace hallmark::model

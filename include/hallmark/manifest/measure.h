#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "hallmark/base/cancellation.h"
#include "hallmark/base/progress.h"
#include "hallmark/base/result.h"
#include "hallmark/manifest/manifest.h"
#include "hallmark/manifest/tree.h"

namespace hallmark::manifest {

/// How the files of a model are found and hashed.
struct MeasureOptions {
  IgnoreRules ignored;
  WalkOptions walk;
  hash::HashOptions hash;
};

/// What is in a model.
struct Measured {
  std::vector<Resource> resources;  ///< In the order of OMS v1.0 (`statement_order`).
  /// Empty files where shards were hashed: they have none, so that nothing covers them. Sorted.
  std::vector<std::string> files_without_shard;
};

/// The most shards that are hashed; more would not fit into a bundle that anyone reads.
inline constexpr std::uint64_t kMostShards = 4'000'000;

/// Digests of every file of the model. Fails with kModelEmpty when there is none to be had, with
/// kLimitExceeded when there are more than kMostShards shards.
Result<Measured> measure_model(const ModelTree& tree, const MeasureOptions& options,
                               base::ProgressSink& progress,
                               const base::Cancellation& cancellation);

/// Whether files that nobody signed are looked at.
enum class UnsignedFiles : std::uint8_t { kReport, kIgnore };

/// Digests of what a verifier has to see: every signed file that exists, whether ignored or not,
/// and, unless `unsigned_files` says otherwise, every other file that is not ignored. Fails with
/// kLimitExceeded as `measure_model` does.
Result<Measured> measure_signed(const ModelTree& tree, std::span<const Resource> signed_resources,
                                UnsignedFiles unsigned_files, const MeasureOptions& options,
                                base::ProgressSink& progress,
                                const base::Cancellation& cancellation);

}  // namespace hallmark::manifest

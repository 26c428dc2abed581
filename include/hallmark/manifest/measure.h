#pragma once

#include <span>
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

/// Digests of every file of the model, sorted by name. Fails with kModelEmpty when there is none.
Result<std::vector<Resource>> measure_model(const ModelTree& tree, const MeasureOptions& options,
                                            base::ProgressSink& progress,
                                            const base::Cancellation& cancellation);

/// Whether files that nobody signed are looked at.
enum class UnsignedFiles : std::uint8_t { kReport, kIgnore };

/// Digests of what a verifier has to see, sorted by name: every signed file that exists, whether
/// ignored or not, and, unless `unsigned_files` says otherwise, every other file that is not
/// ignored.
Result<std::vector<Resource>> measure_signed(const ModelTree& tree,
                                             std::span<const Resource> signed_resources,
                                             UnsignedFiles unsigned_files,
                                             const MeasureOptions& options,
                                             base::ProgressSink& progress,
                                             const base::Cancellation& cancellation);

}  // namespace hallmark::manifest

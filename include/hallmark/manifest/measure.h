#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hallmark/base/cancellation.h"
#include "hallmark/base/progress.h"
#include "hallmark/base/result.h"
#include "hallmark/manifest/manifest.h"
#include "hallmark/manifest/tree.h"

namespace hallmark::manifest {

/// Digests that need not be computed: of files that were hashed before, or vouched for by someone.
class KnownDigests {
 public:
  virtual ~KnownDigests() = default;

  /// What `hash::hash_files` would give for the file as it was listed, if that is known.
  virtual std::optional<std::vector<hash::Digest>> find(const TreeFile& file,
                                                        const hash::HashOptions& how) = 0;

  /// Hears of a file that had to be read, after `find` was asked for it.
  virtual void learn(const TreeFile& file, const hash::HashOptions& how,
                     std::span<const hash::Digest> digests) = 0;
};

/// How the files of a model are found and hashed.
struct MeasureOptions {
  IgnoreRules ignored;
  WalkOptions walk;
  hash::HashOptions hash;
  KnownDigests* known = nullptr;  ///< Nothing is known without it: every file is read.
};

/// What is in a model.
struct Measured {
  std::vector<Resource> resources;  ///< In the order of OMS v1.0 (`statement_order`).
  /// Empty files where shards were hashed: they have none, so that nothing covers them. Sorted.
  std::vector<std::string> files_without_shard;
  std::uint64_t files_not_read = 0;  ///< Files whose digests were known.
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

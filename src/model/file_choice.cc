#include "model/file_choice.h"

#include <fmt/core.h>

namespace hallmark::model {

Result<manifest::MeasureOptions> choose_files(const manifest::ModelTree& tree,
                                              const FileOptions& options,
                                              std::span<const std::string> signatures,
                                              base::LogSink& log) {
  manifest::MeasureOptions chosen;
  chosen.walk.allow_symlinks = options.allow_symlinks;
  chosen.hash.threads = options.threads;
  chosen.hash.direct = options.direct;
  chosen.hash.log = &log;
  for (const std::string& path : options.ignore_paths) {
    HALLMARK_ASSIGN_OR_RETURN(std::string inside,
                              manifest::resolve_in_model(tree.real_path(), path));
    chosen.ignored.add(std::move(inside));
  }
  for (const std::string& signature : signatures) {
    auto inside = manifest::resolve_in_model(tree.real_path(), signature);
    if (inside) {
      chosen.ignored.add(*std::move(inside));
    } else if (inside.error().code != Code::kPathOutsideModel) {
      return fail(std::move(inside.error()));
    }
  }
  return chosen;
}

Result<void> check_shard_size(const HashingOptions& hashing) {
  if (hashing.shard_size <= manifest::kLargestShardSize) return {};
  return fail(Code::kUsage, fmt::format("expected a shard size of at most {} bytes, found {}",
                                        manifest::kLargestShardSize, hashing.shard_size));
}

void choose_hashing(const HashingOptions& hashing, manifest::MeasureOptions& chosen) {
  chosen.hash.algorithm = hashing.algorithm;
  chosen.hash.shard_size = hashing.shard_size;
}

}  // namespace hallmark::model

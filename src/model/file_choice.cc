#include "model/file_choice.h"

#include <fmt/core.h>

#include "hallmark/base/utf8.h"

namespace hallmark::model {
namespace {

// "sha256 digests of whole files", "blake3 digests of 4 bytes each"
std::string describe(const HashingOptions& hashing) {
  const std::string_view name = hash::to_string(hashing.algorithm);
  if (hashing.shard_size == 0) return fmt::format("{} digests of whole files", name);
  return fmt::format("{} digests of {} bytes each", name, hashing.shard_size);
}

}  // namespace

Result<manifest::MeasureOptions> choose_files(const manifest::ModelTree& tree,
                                              const FileOptions& options,
                                              std::span<const std::string> signatures,
                                              base::LogSink& log) {
  manifest::MeasureOptions chosen;
  chosen.walk.allow_symlinks = options.allow_symlinks;
  chosen.walk.threads = options.threads;
  chosen.hash.threads = options.threads;
  chosen.hash.direct = options.direct;
  chosen.hash.log = &log;
  for (const std::string& path : options.ignore_paths) {
    auto inside = manifest::name_in_model(tree.real_path(), path);
    if (!inside) return fail(std::move(inside.error()).within("ignored path"));
    chosen.ignored.add(*std::move(inside));
  }
  for (const std::string& signature : signatures) {
    auto inside = manifest::resolve_in_model(tree.real_path(), signature);
    if (inside) {
      chosen.ignored.add_file(*std::move(inside));
    } else if (inside.error().code != Code::kPathOutsideModel) {
      return fail(std::move(inside.error()).within("signature"));
    }
  }
  return chosen;
}

Result<void> check_shard_size(const HashingOptions& hashing) {
  if (hashing.shard_size <= manifest::kLargestShardSize) return {};
  return fail(Code::kUsage, fmt::format("expected a shard size of at most {} bytes, found {}",
                                        manifest::kLargestShardSize, hashing.shard_size));
}

Result<HashingOptions> agreed_hashing(const std::string& source, const HashingOptions& found,
                                      const RequestedHashing& requested) {
  const HashingOptions wanted{requested.algorithm.value_or(found.algorithm),
                              requested.shard_size.value_or(found.shard_size)};
  if (wanted.algorithm == found.algorithm && wanted.shard_size == found.shard_size) return found;
  return fail(Code::kUsage,
              fmt::format("nothing can be taken over from '{}': it has {}, and {} were asked for",
                          base::escape_for_display(source), describe(found), describe(wanted)));
}

void choose_hashing(const HashingOptions& hashing, manifest::MeasureOptions& chosen) {
  chosen.hash.algorithm = hashing.algorithm;
  chosen.hash.shard_size = hashing.shard_size;
}

}  // namespace hallmark::model

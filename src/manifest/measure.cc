#include "hallmark/manifest/measure.h"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/manifest/name.h"
#include "hallmark/manifest/shard.h"

namespace hallmark::manifest {
namespace {

Result<void> check_shard_count(std::span<const hash::FileToHash> files, std::uint64_t shard_size) {
  if (shard_size == 0) return {};
  std::uint64_t shards = 0;
  for (const hash::FileToHash& file : files) {
    const std::uint64_t more = hash::shard_count(file.listed.size, shard_size);
    if (more > kMostShards - shards) {
      return fail(Code::kLimitExceeded, fmt::format("the model has more than {} shards of {} bytes",
                                                    kMostShards, shard_size));
    }
    shards += more;
  }
  return {};
}

// Names what was hashed: `digests` are those of all files in order.
Measured name_digests(std::vector<TreeFile> files, std::span<const std::uint64_t> sizes,
                      const std::vector<hash::Digest>& digests, std::uint64_t shard_size) {
  Measured measured;
  measured.resources.reserve(digests.size());
  auto digest = digests.begin();
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (shard_size == 0) {
      measured.resources.push_back(Resource{std::move(files[i].name), *digest++});
      continue;
    }
    if (sizes[i] == 0) measured.files_without_shard.push_back(files[i].name);
    for (std::uint64_t start = 0; start < sizes[i];) {
      const std::uint64_t end = start + std::min(shard_size, sizes[i] - start);
      measured.resources.push_back(Resource{files[i].name, *digest++, {start, end}});
      start = end;
    }
  }
  if (shard_size != 0) {
    std::sort(measured.resources.begin(), measured.resources.end(), statement_order);
  }
  return measured;
}

Result<Measured> hash_all(const ModelTree& tree, std::vector<TreeFile> files,
                          const hash::HashOptions& options, base::ProgressSink& progress,
                          const base::Cancellation& cancellation) {
  std::uint64_t bytes = 0;
  std::vector<std::uint64_t> sizes;
  std::vector<hash::FileToHash> locations;
  sizes.reserve(files.size());
  locations.reserve(files.size());
  for (TreeFile& file : files) {
    sizes.push_back(file.location.listed.size);
    bytes += sizes.back();
    locations.push_back(std::move(file.location));
  }
  HALLMARK_TRY(check_shard_count(locations, options.shard_size));
  progress.on_total(files.size(), bytes);
  HALLMARK_ASSIGN_OR_RETURN(
      const std::vector<hash::Digest> digests,
      hash::hash_files(tree.root(), locations, options, progress, cancellation));
  return name_digests(std::move(files), sizes, digests, options.shard_size);
}

bool has_file(const std::vector<TreeFile>& sorted, std::string_view name) {
  const auto found = std::lower_bound(
      sorted.begin(), sorted.end(), name,
      [](const TreeFile& file, std::string_view n) { return code_point_less(file.name, n); });
  return found != sorted.end() && found->name == name;
}

// Adds the signed files that the walk left out, because they are ignored or nobody walked. `files`
// comes sorted and stays so.
Result<void> add_signed_files(const ModelTree& tree, std::span<const Resource> signed_resources,
                              bool allow_symlinks, std::vector<TreeFile>& files) {
  std::vector<TreeFile> added;
  std::set<std::string_view> looked_for;  // a file of many shards is looked for once
  for (const Resource& resource : signed_resources) {
    if (has_file(files, resource.name) || !check_resource_name(resource.name)) continue;
    if (!looked_for.insert(resource.name).second) continue;
    HALLMARK_ASSIGN_OR_RETURN(std::optional<TreeFile> file,
                              find_file(tree, resource.name, allow_symlinks));
    if (file) added.push_back(*std::move(file));
  }
  std::move(added.begin(), added.end(), std::back_inserter(files));
  std::sort(files.begin(), files.end(),
            [](const TreeFile& a, const TreeFile& b) { return code_point_less(a.name, b.name); });
  return {};
}

}  // namespace

Result<Measured> measure_model(const ModelTree& tree, const MeasureOptions& options,
                               base::ProgressSink& progress,
                               const base::Cancellation& cancellation) {
  HALLMARK_ASSIGN_OR_RETURN(std::vector<TreeFile> files,
                            list_files(tree, options.ignored, options.walk, cancellation));
  if (files.empty())
    return fail(Code::kModelEmpty, fmt::format("the model '{}' has no files to sign",
                                               base::escape_for_display(tree.real_path())));
  HALLMARK_ASSIGN_OR_RETURN(Measured measured,
                            hash_all(tree, std::move(files), options.hash, progress, cancellation));
  if (measured.resources.empty()) {
    return fail(Code::kModelEmpty, "all files of the model are empty, and so have no shard");
  }
  return measured;
}

Result<Measured> measure_signed(const ModelTree& tree, std::span<const Resource> signed_resources,
                                UnsignedFiles unsigned_files, const MeasureOptions& options,
                                base::ProgressSink& progress,
                                const base::Cancellation& cancellation) {
  std::vector<TreeFile> files;
  if (unsigned_files == UnsignedFiles::kReport) {
    HALLMARK_ASSIGN_OR_RETURN(files, list_files(tree, options.ignored, options.walk, cancellation));
  }
  HALLMARK_TRY(add_signed_files(tree, signed_resources, options.walk.allow_symlinks, files));
  return hash_all(tree, std::move(files), options.hash, progress, cancellation);
}

}  // namespace hallmark::manifest

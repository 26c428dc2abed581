#include "hallmark/manifest/measure.h"

#include <algorithm>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/manifest/name.h"

namespace hallmark::manifest {
namespace {

Result<std::vector<Resource>> hash_all(const ModelTree& tree, std::vector<TreeFile> files,
                                       const hash::HashOptions& options,
                                       base::ProgressSink& progress,
                                       const base::Cancellation& cancellation) {
  std::uint64_t bytes = 0;
  std::vector<hash::FileToHash> locations;
  locations.reserve(files.size());
  for (TreeFile& file : files) {
    bytes += file.location.listed.size;
    locations.push_back(std::move(file.location));
  }
  progress.on_total(files.size(), bytes);
  HALLMARK_ASSIGN_OR_RETURN(
      const std::vector<hash::Digest> digests,
      hash::hash_files(tree.root(), locations, options, progress, cancellation));
  std::vector<Resource> resources;
  resources.reserve(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    resources.push_back(Resource{std::move(files[i].name), digests[i]});
  }
  return resources;
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
  for (const Resource& resource : signed_resources) {
    if (has_file(files, resource.name) || !check_resource_name(resource.name)) continue;
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

Result<std::vector<Resource>> measure_model(const ModelTree& tree, const MeasureOptions& options,
                                            base::ProgressSink& progress,
                                            const base::Cancellation& cancellation) {
  HALLMARK_ASSIGN_OR_RETURN(std::vector<TreeFile> files,
                            list_files(tree, options.ignored, options.walk, cancellation));
  if (files.empty())
    return fail(Code::kModelEmpty, fmt::format("the model '{}' has no files to sign",
                                               base::escape_for_display(tree.real_path())));
  return hash_all(tree, std::move(files), options.hash, progress, cancellation);
}

Result<std::vector<Resource>> measure_signed(const ModelTree& tree,
                                             std::span<const Resource> signed_resources,
                                             UnsignedFiles unsigned_files,
                                             const MeasureOptions& options,
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

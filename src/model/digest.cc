#include "hallmark/model/digest.h"

#include <algorithm>

#include "hallmark/manifest/measure.h"
#include "hallmark/manifest/shard.h"
#include "model/cached_measuring.h"
#include "model/file_choice.h"

namespace hallmark::model {

Result<DigestReport> digest_model(const std::string& model, const FileOptions& options,
                                  const HashingOptions& hashing, Compatibility compatibility,
                                  const Context& context) {
  HALLMARK_TRY(check_shard_size(hashing));
  HALLMARK_ASSIGN_OR_RETURN(const manifest::ModelTree tree, manifest::ModelTree::open(model));
  HALLMARK_ASSIGN_OR_RETURN(manifest::MeasureOptions chosen,
                            choose_files(tree, options, {}, context.log));
  if (options.ignore_git_paths) chosen.ignored.add_git_paths();
  choose_hashing(hashing, chosen);
  HALLMARK_ASSIGN_OR_RETURN(
      manifest::Measured measured,
      measure_cached(tree, options, std::move(chosen), context, [&](const auto& with) {
        return manifest::measure_model(tree, with, context.progress, context.cancellation);
      }));
  std::vector<manifest::Resource>& resources = measured.resources;
  if (compatibility == Compatibility::kReference) {
    std::sort(resources.begin(), resources.end(), manifest::reference_order);
  }
  return DigestReport{manifest::root_digest(resources), manifest::count_files(resources),
                      std::move(measured.files_without_shard), measured.files_not_read};
}

}  // namespace hallmark::model

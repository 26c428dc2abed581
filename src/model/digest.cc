#include "hallmark/model/digest.h"

#include <algorithm>

#include "hallmark/manifest/measure.h"
#include "hallmark/manifest/name.h"
#include "model/file_choice.h"

namespace hallmark::model {

Result<DigestReport> digest_model(const std::string& model, const FileOptions& options,
                                  Compatibility compatibility, const Context& context) {
  HALLMARK_ASSIGN_OR_RETURN(const manifest::ModelTree tree, manifest::ModelTree::open(model));
  HALLMARK_ASSIGN_OR_RETURN(manifest::MeasureOptions chosen, choose_files(tree, options, {}));
  if (options.ignore_git_paths) chosen.ignored.add_git_paths();
  HALLMARK_ASSIGN_OR_RETURN(
      std::vector<manifest::Resource> resources,
      manifest::measure_model(tree, chosen, context.progress, context.cancellation));
  if (compatibility == Compatibility::kReference) {
    std::sort(resources.begin(), resources.end(), [](const auto& a, const auto& b) {
      return manifest::component_less(a.name, b.name);
    });
  }
  return DigestReport{manifest::root_digest(resources), resources.size()};
}

}  // namespace hallmark::model

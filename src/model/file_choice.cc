#include "model/file_choice.h"

namespace hallmark::model {

Result<manifest::MeasureOptions> choose_files(const manifest::ModelTree& tree,
                                              const FileOptions& options,
                                              std::span<const std::string> signatures) {
  manifest::MeasureOptions chosen;
  chosen.walk.allow_symlinks = options.allow_symlinks;
  chosen.hash.threads = options.threads;
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

}  // namespace hallmark::model

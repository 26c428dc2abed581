#include "model/reuse.h"

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/manifest/reuse.h"

namespace hallmark::model {
namespace {

Result<std::string> resolve_one(const manifest::ModelTree& tree, const manifest::Manifest& old,
                                const std::string& path) {
  HALLMARK_ASSIGN_OR_RETURN(std::string inside, manifest::resolve_in_model(tree.real_path(), path));
  if (tree.root().status(inside) || manifest::names_signed_file(old.resources, inside)) {
    return inside;
  }
  return fail(Code::kUsage,
              fmt::format("the changed path '{}' is neither in the model nor in the old signature",
                          base::escape_for_display(path)));
}

}  // namespace

Result<std::optional<manifest::IgnoreRules>> resolve_changed(const manifest::ModelTree& tree,
                                                             const manifest::Manifest& old,
                                                             const ReuseRequest& request) {
  if (!request.changed) return std::nullopt;
  manifest::IgnoreRules changed;
  for (const std::string& path : *request.changed) {
    HALLMARK_ASSIGN_OR_RETURN(std::string inside, resolve_one(tree, old, path));
    // A link that changed, or what it leads to: nobody can tell which was meant.
    if (auto target = tree.root().resolve_link(inside)) changed.add(*std::move(target));
    changed.add(std::move(inside));
  }
  return changed;
}

}  // namespace hallmark::model

#include "manifest/file_elsewhere.h"

#include <fmt/core.h>

#include "hallmark/base/utf8.h"

namespace hallmark::manifest {

// What the link leads to is only a name, which is opened beneath the other directory through no
// link: whoever exchanges the link or what it leads to changes what is read, never where.
Result<std::optional<TreeFile>> file_elsewhere(const ModelTree& tree, std::string_view name,
                                               const std::string& path,
                                               const WalkOptions& options) {
  const auto here = tree.root().status(path);
  if (!here || here->type != base::FileType::kSymlink) return std::nullopt;
  const base::Directory& elsewhere = *options.links_into;
  auto target = tree.root().resolve_link(path, elsewhere);
  if (!target && target.error().code == Code::kSymlinkOutside) return std::nullopt;
  if (!target) return fail(std::move(target.error()));
  HALLMARK_ASSIGN_OR_RETURN(const base::FileStatus status, elsewhere.status(*target));
  if (status.type != base::FileType::kRegular) {
    return fail(Code::kSpecialFile, fmt::format("the link '{}' leads to no regular file",
                                                base::escape_for_display(name)));
  }
  return TreeFile(name, {*std::move(target), status, &elsewhere});
}

}  // namespace hallmark::manifest

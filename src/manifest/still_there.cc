// Reading a model takes a while, and what is listed at its beginning may be another thing at its
// end.
//
// A file that is moved from a directory that is not listed yet into one that was would never be
// seen, though it is in the model all the time. The same holds for one that is added later, and for
// a link: the file that was read stays where it is, and the name leads to another one. So all of
// them are looked at again.

#include "manifest/still_there.h"

#include <fmt/core.h>

#include "hallmark/base/utf8.h"

namespace hallmark::manifest {
namespace {

tl::unexpected<Error> changed(std::string_view what, std::string_view name) {
  return fail(Code::kFileChanged, fmt::format("the {} '{}' changed while the model was read", what,
                                              base::escape_for_display(name)));
}

Result<void> check_directory(const ModelTree& tree, const ListedDirectory& directory) {
  const auto now = tree.root().status(directory.path);
  if (now && *now == directory.listed) return {};
  return changed("directory", directory.path.empty() ? tree.real_path() : directory.path);
}

// The name of a file differs from its path where a link was followed.
Result<void> check_link(const ModelTree& tree, const TreeFile& file) {
  if (!file.other_name) return {};
  const base::Directory& into = file.location.beneath ? *file.location.beneath : tree.root();
  const auto target = tree.root().resolve_link(file.name(), into);
  if (target && *target == file.location.path) return {};
  return changed("link", file.name());
}

}  // namespace

Result<void> check_still_there(const ModelTree& tree, const Listing& listing) {
  HALLMARK_TRY(tree.check_in_place());
  for (const ListedDirectory& directory : listing.directories) {
    HALLMARK_TRY(check_directory(tree, directory));
  }
  if (tree.is_single_file()) return {};
  for (const TreeFile& file : listing.files) HALLMARK_TRY(check_link(tree, file));
  return {};
}

}  // namespace hallmark::manifest

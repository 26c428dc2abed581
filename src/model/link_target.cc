#include "model/link_target.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace hallmark::model {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kKinds = {"models--", "datasets--", "spaces--"};

bool is_repository(const std::string& name) {
  return std::any_of(kKinds.begin(), kKinds.end(),
                     [&](std::string_view kind) { return name.starts_with(kind); });
}

std::shared_ptr<const base::Directory> blobs_beside(const manifest::ModelTree& snapshot) {
  const fs::path snapshots = fs::path(snapshot.real_path()).parent_path();
  const fs::path repository = snapshots.parent_path();
  if (snapshots.filename() != "snapshots" || !is_repository(repository.filename())) return nullptr;
  const auto opened = base::Directory::open(repository);
  if (!opened) return nullptr;
  auto blobs = opened->open_directory("blobs");  // through no link
  if (!blobs) return nullptr;
  return std::make_shared<const base::Directory>(*std::move(blobs));
}

}  // namespace

Result<std::shared_ptr<const base::Directory>> link_target(
    const manifest::ModelTree& tree, const std::optional<std::string>& asked) {
  if (asked) {
    HALLMARK_ASSIGN_OR_RETURN(base::Directory directory, base::Directory::open(*asked));
    return std::make_shared<const base::Directory>(std::move(directory));
  }
  if (tree.is_single_file()) return nullptr;
  return blobs_beside(tree);
}

}  // namespace hallmark::model

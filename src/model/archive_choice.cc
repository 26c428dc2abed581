#include "model/archive_choice.h"

#include <algorithm>

namespace hallmark::model {

std::optional<manifest::ArchiveForm> archive_with_members(
    const manifest::ModelTree& tree, std::span<const manifest::Resource> signed_resources) {
  if (!tree.is_single_file()) return std::nullopt;
  const bool is_signed_itself = std::all_of(
      signed_resources.begin(), signed_resources.end(),
      [&](const auto& resource) { return resource.name == "." || resource.name == tree.name(); });
  if (is_signed_itself) return std::nullopt;
  return manifest::archive_form_of(tree.name());
}

}  // namespace hallmark::model

#pragma once

#include <optional>
#include <span>

#include "hallmark/manifest/archive.h"
#include "hallmark/manifest/tree.h"

namespace hallmark::model {

/// The form of the archive whose members were signed; nothing when the tree is no archive, or the
/// archive itself was signed as the single file that it is: under its own name, or as ".".
std::optional<manifest::ArchiveForm> archive_with_members(
    const manifest::ModelTree& tree, std::span<const manifest::Resource> signed_resources);

}  // namespace hallmark::model

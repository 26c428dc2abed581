#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hallmark/base/result.h"
#include "hallmark/manifest/tree.h"

namespace hallmark::manifest {

/// The file in `options.links_into` that the model's link at `path` leads to, or nothing when no
/// link stands there or it leads elsewhere. Fails with kSymlinkDangling and kSymlinkCycle, and with
/// kSpecialFile when what is there is no regular file.
Result<std::optional<TreeFile>> file_elsewhere(const ModelTree& tree, std::string_view name,
                                               const std::string& path, const WalkOptions& options);

}  // namespace hallmark::manifest

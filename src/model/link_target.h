#pragma once

#include <memory>
#include <optional>
#include <string>

#include "hallmark/base/directory.h"
#include "hallmark/base/result.h"
#include "hallmark/manifest/tree.h"

namespace hallmark::model {

/// The directory outside the model whose files its links may lead to, if any: the one that was
/// asked for or, for a snapshot in the cache of a Hugging Face client, the blobs beside it.
///
/// Such a cache has `REPOSITORY/snapshots/REVISION/NAME`, a link to `REPOSITORY/blobs/HASH`, where
/// REPOSITORY begins with "models--", "datasets--" or "spaces--".
Result<std::shared_ptr<const base::Directory>> link_target(const manifest::ModelTree& tree,
                                                           const std::optional<std::string>& asked);

}  // namespace hallmark::model

#pragma once

#include <optional>

#include "hallmark/attest/verify.h"
#include "hallmark/base/result.h"
#include "hallmark/manifest/ignore.h"
#include "hallmark/manifest/tree.h"
#include "hallmark/model/options.h"
#include "hallmark/model/reuse.h"

namespace hallmark::model {

/// The changed paths as rules for names of the model. Each has to name something that is there or
/// that the old signature has: a mistyped path would sign what changed as it was before.
Result<std::optional<manifest::IgnoreRules>> resolve_changed(const manifest::ModelTree& tree,
                                                             const manifest::Manifest& old,
                                                             const ReuseRequest& request);

}  // namespace hallmark::model

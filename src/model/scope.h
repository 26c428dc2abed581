#pragma once

#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/manifest/manifest.h"
#include "hallmark/manifest/tree.h"
#include "hallmark/model/verify.h"

namespace hallmark::model {

/// Whether the root digest that was signed is the one that is asked for, if one is.
Result<void> check_root_digest(const VerifyScope& scope, const hash::Digest& signed_digest);

/// Whether the whole model is to be verified. Fails with kUsage: an archive is read as a whole.
Result<void> check_whole(const VerifyScope& scope);

/// Leaves of what is expected, and of what is to be listed, only the paths that are asked for. When
/// none are, everything stays as it is and `walk.only` empty.
Result<void> narrow(const manifest::ModelTree& tree, const VerifyScope& scope,
                    manifest::WalkOptions& walk, std::vector<manifest::Resource>& expected);

}  // namespace hallmark::model

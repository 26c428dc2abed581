#pragma once

#include <optional>
#include <span>

#include "hallmark/base/result.h"
#include "hallmark/manifest/ignore.h"
#include "hallmark/manifest/manifest.h"
#include "hallmark/manifest/tree.h"
#include "hallmark/model/verify.h"

namespace hallmark::model {

/// Whether the root digest that was signed is the one that is asked for, if one is.
Result<void> check_root_digest(const VerifyScope& scope, const hash::Digest& signed_digest);

/// The paths that alone are to be verified, relative to the model, which can be an archive; nothing
/// when all of it is. Fails with kPathOutsideModel, and with kPathNotSigned when nothing at one of
/// them was signed.
Result<std::optional<manifest::IgnoreRules>> paths_asked_for(
    const manifest::ModelTree& tree, const VerifyScope& scope,
    std::span<const manifest::Resource> signed_resources);

}  // namespace hallmark::model

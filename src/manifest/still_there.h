#pragma once

#include "hallmark/manifest/tree.h"

namespace hallmark::manifest {

/// To be called when all files were read: whether the model is still what it was when it was
/// listed, but for the contents of its files, which are compared as they are read. Fails with
/// kFileChanged when a directory was written to, a link leads elsewhere, or the model itself was
/// replaced.
Result<void> check_still_there(const ModelTree& tree, const Listing& listing);

}  // namespace hallmark::manifest

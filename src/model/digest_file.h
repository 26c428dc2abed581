#pragma once

#include <string>

#include "hallmark/base/result.h"
#include "hallmark/manifest/digest_list.h"

namespace hallmark::model {

/// The list of digests at `path`; failures name the file. The user vouches for it: that it cannot
/// be read is no evidence against a model, so whatever rule it breaks is kDigestListUnreadable.
Result<manifest::DigestList> load_digest_list(const std::string& path);

}  // namespace hallmark::model

#pragma once

#include <string_view>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/manifest/manifest.h"

namespace hallmark::attest {

/// Checks that the resources are distinct files beneath the model. `list` is the JSON Pointer of
/// the list, for messages.
Result<void> check_file_names(const std::vector<manifest::Resource>& resources,
                              std::string_view list);

/// Reads the names of resources as a statement has them. With method "shards" each becomes a file
/// and a range of bytes, and the ranges have to cover each file; the other method is
/// `check_file_names`.
Result<void> read_names(manifest::Manifest& manifest, std::string_view list);

}  // namespace hallmark::attest

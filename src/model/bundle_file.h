#pragma once

#include <string>

#include "hallmark/attest/bundle.h"
#include "hallmark/base/result.h"

namespace hallmark::model {

/// The text of the signature at `path`. A pipe is read only below /dev, where a shell puts what it
/// passes on: anyone who may write to a model could put a pipe where its signature was, and opening
/// it would wait for ever.
Result<std::string> read_bundle_file(const std::string& path);

/// The same, decoded; failures name the file.
Result<attest::Bundle> load_bundle(const std::string& path);

}  // namespace hallmark::model

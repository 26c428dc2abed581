#pragma once

#include <cstdint>
#include <string>

#include "hallmark/attest/bundle.h"
#include "hallmark/base/result.h"

namespace hallmark::model {

/// The text of the signature at `path`. A pipe is read only where a shell puts what it passes on:
/// anyone who may write to a model could put a pipe where its signature was, and opening it would
/// wait for ever.
Result<std::string> read_bundle_file(const std::string& path);

/// Whether a text is meant to be a bundle, be it a good one or not.
bool looks_like_bundle(const std::string& text);

/// What becomes of an empty file in a signature's place.
enum class EmptyFile : std::uint8_t { kReplaced, kKept };

/// A wrong --signature must not cost the user a file: succeeds when there is none at `path`, or a
/// bundle, or an empty file that may go. Fails with kAlreadyExists otherwise, with kUsage when
/// `path` ends in a slash.
Result<void> check_replaceable(const std::string& path, EmptyFile empty);

/// The text of the signature at `path`, decoded; failures name the file.
Result<attest::Bundle> load_bundle(const std::string& path);

}  // namespace hallmark::model

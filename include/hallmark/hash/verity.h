#pragma once

#include <cstdint>
#include <optional>

#include "hallmark/base/file.h"
#include "hallmark/hash/digest.h"

namespace hallmark::hash {

/// What the kernel knows of a file's contents.
enum class VerityState : std::uint8_t {
  kMeasured,
  kOrdinary,     ///< This file is not protected; others of its file system may be.
  kUnavailable,  ///< No file of this file system is.
};

/// The fs-verity digest of a file: SHA-256 over the size and the root of a hash tree of contents
/// that nobody can change any more, and that the kernel checks whenever it reads them
/// (Documentation/filesystems/fsverity.rst of Linux). Two files with the same one have the same
/// contents. It is not the file's SHA-256.
struct Verity {
  VerityState state = VerityState::kUnavailable;
  std::optional<Digest> digest;  ///< When `kMeasured`.
};

/// Asks the kernel, which knows the answer without reading. Only file systems whose answer is the
/// kernel's own are believed: one in user space may say what it likes. A digest by another function
/// than SHA-256 counts as kOrdinary.
Verity measure_verity(const base::FileDescriptor& file);

}  // namespace hallmark::hash

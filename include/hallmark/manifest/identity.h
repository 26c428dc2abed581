#pragma once

#include <optional>

#include "hallmark/base/directory.h"
#include "hallmark/hash/digest.h"
#include "hallmark/manifest/tree.h"

namespace hallmark::manifest {

/// What a file can be told by when it is met again.
struct Identity {
  /// Whatever is written to the file from now on changes its mtime or ctime.
  bool by_times = false;
  /// What fs-verity measures of its contents, where that protects the file (hash::Verity).
  std::optional<hash::Digest> by_contents;
};

/// Looks at a file of the model before it is read. Nothing tells a file that is not the one listed
/// any more.
///
/// With `want_times`, what a shared mapping wrote is waited for until it is on the disk; without,
/// `by_times` stays false. It is false, too, on file systems that take writes without a trace in
/// the times (tmpfs and others without a disk), and on those whose times somebody chose (images
/// that are only read, FAT).
Identity identify(const base::Directory& root, const TreeFile& file, bool want_times);

}  // namespace hallmark::manifest

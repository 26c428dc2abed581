#pragma once

#include <cstdint>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/manifest/archive.h"
#include "manifest/archive_zip_record.h"

namespace hallmark::manifest {

/// A member as the central directory of a zip archive has it.
struct ZipMember {
  ZipHeader header;
  bool is_directory = false;
};

/// The central directory: its members in the order in which they lie in the archive.
struct ZipDirectory {
  std::vector<ZipMember> members;
  std::uint64_t start = 0;  ///< Where the directory begins and the members end.
};

/// Reads it. The end record must be the last thing in the archive and the directory right before
/// it. Failures are those of `digest_archive`.
Result<ZipDirectory> read_zip_directory(ArchiveSource& source, const ArchiveLimits& limits);

}  // namespace hallmark::manifest

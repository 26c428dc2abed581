#pragma once

#include <cstdint>

#include "hallmark/base/result.h"
#include "hallmark/manifest/archive.h"

namespace hallmark::manifest {

/// What the end records of a zip archive say of its central directory.
struct ZipEnd {
  std::uint64_t members = 0;
  std::uint64_t size = 0;    ///< of the directory, in bytes
  std::uint64_t offset = 0;  ///< where it begins
};

/// Reads the end records (APPNOTE.TXT 6.3 sections 4.3.14 to 4.3.16), which must be the last thing
/// in the archive; the directory ends where they begin.
Result<ZipEnd> read_zip_end(ArchiveSource& source);

}  // namespace hallmark::manifest

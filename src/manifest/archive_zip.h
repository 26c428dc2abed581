#pragma once

#include "hallmark/base/result.h"
#include "hallmark/manifest/archive.h"
#include "manifest/archive_members.h"
#include "manifest/archive_stream.h"

namespace hallmark::manifest {

/// Hands over the members of a zip archive in the order in which they lie in it. Failures are those
/// of `digest_archive`.
Result<void> read_zip(ArchiveSource& source, const ArchiveLimits& limits,
                      UnpackingAllowance& allowance, ArchiveMembers& members);

}  // namespace hallmark::manifest

#pragma once

#include "hallmark/base/result.h"
#include "manifest/archive_members.h"
#include "manifest/archive_stream.h"

namespace hallmark::manifest {

/// Hands over the members of a tar archive, to the last byte of the stream. Failures are those of
/// `digest_archive`.
Result<void> read_tar(ByteStream& stream, ArchiveMembers& members);

}  // namespace hallmark::manifest

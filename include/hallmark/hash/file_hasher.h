#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "hallmark/base/cancellation.h"
#include "hallmark/base/directory.h"
#include "hallmark/base/progress.h"
#include "hallmark/base/result.h"
#include "hallmark/hash/digest.h"

namespace hallmark::hash {

/// A file beneath a directory, as it was when the directory was listed.
struct FileToHash {
  std::string path;  ///< Relative, without links; see base::Directory.
  base::FileStatus listed;
};

struct HashOptions {
  Algorithm algorithm = Algorithm::kSha256;
  std::size_t threads = 0;  ///< 0: as many as can run (base::usable_processors).
};

/// Hashes files in parallel, the longest first, and returns their digests in the order given.
///
/// Memory is bounded: one buffer a thread, whatever the files' sizes. A file that is not the one
/// listed, or whose inode, size, mtime or ctime differ after it was read, fails with kFileChanged
/// and its name; reading stops at the first failure. `progress` hears bytes and files from all
/// threads; `on_total` is left to the caller.
Result<std::vector<Digest>> hash_files(const base::Directory& root,
                                       std::span<const FileToHash> files,
                                       const HashOptions& options, base::ProgressSink& progress,
                                       const base::Cancellation& cancellation);

}  // namespace hallmark::hash

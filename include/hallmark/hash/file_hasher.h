#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "hallmark/base/cancellation.h"
#include "hallmark/base/directory.h"
#include "hallmark/base/log.h"
#include "hallmark/base/progress.h"
#include "hallmark/base/result.h"
#include "hallmark/hash/digest.h"

namespace hallmark::hash {

/// A file beneath a directory, as it was when the directory was listed.
struct FileToHash {
  std::string path;  ///< Relative, without links; see base::Directory.
  base::FileStatus listed;
  /// The directory that the path begins at, where that is not the one of all files.
  const base::Directory* beneath = nullptr;
};

struct HashOptions {
  Algorithm algorithm = Algorithm::kSha256;
  std::uint64_t shard_size = 0;  ///< Bytes that one digest covers at most; 0: whole files.
  std::size_t threads = 0;       ///< 0: as many as can run (base::usable_processors). 56 at most.
  /// Read past the page cache where the file system allows it (O_DIRECT), so that a model larger
  /// than memory does not push everything else out of it.
  bool direct = false;
  base::LogSink* log = nullptr;  ///< Hears when the SHA-256 kernel expected cannot be used.
};

/// How many digests a file of `size` bytes has: one, or one for every `shard_size` bytes that it
/// begins. So an empty file has none where there are shards (OMS v1.0 section 6.3.2).
constexpr std::uint64_t shard_count(std::uint64_t size, std::uint64_t shard_size) {
  if (shard_size == 0) return 1;
  return size / shard_size + (size % shard_size != 0 ? 1 : 0);
}

/// Hashes files in parallel, the longest first, and returns their digests in the order given: for
/// each file as many as `shard_count` says, from its first byte to its last. The caller bounds
/// their number. Files are lent, as a list of a million weighs too much to be copied.
///
/// Memory is bounded: about 1 MiB of buffers a thread, and 64 MiB in all, whatever the files'
/// sizes.
///
/// A file that is not the one listed, or whose device, inode, size, mtime or ctime differ after it
/// was read, fails with kFileChanged and its name, and so does a directory that another one
/// replaced. What is there instead of a file can also be kNotFound, kSymlinkRefused or
/// kSpecialFile; what cannot be read is kIoError, and a request to stop kCancelled. Reading stops
/// at the first failure.
///
/// `progress` hears bytes and files from all threads; `on_total` is left to the caller.
Result<std::vector<Digest>> hash_files(const base::Directory& root,
                                       std::span<const FileToHash* const> files,
                                       const HashOptions& options, base::ProgressSink& progress,
                                       const base::Cancellation& cancellation);

}  // namespace hallmark::hash

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/cancellation.h"
#include "hallmark/base/result.h"
#include "hallmark/hash/file_hasher.h"
#include "hallmark/manifest/manifest.h"

// Models in archives, read from the first byte to the last without unpacking anything
// (docs/design/archives.md). What two programs could unpack in two ways is refused.

namespace hallmark::manifest {

/// The archives that are read: tar (ustar, pax, GNU), as it is or compressed, and zip.
enum class ArchiveForm : std::uint8_t { kTar, kTarGzip, kTarZstd, kZip };

/// "tar", "tar.gz", "tar.zst", "zip".
std::string_view to_string(ArchiveForm form);

/// The form that the end of a file's name tells: .tar, .tar.gz, .tgz, .tar.zst, .tzst or .zip, in
/// upper or lower case. Nothing for any other name.
std::optional<ArchiveForm> archive_form_of(std::string_view name);

/// The bytes of an archive.
class ArchiveSource {
 public:
  virtual ~ArchiveSource() = default;

  /// In bytes.
  [[nodiscard]] virtual std::uint64_t size() const = 0;

  /// Reads up to `buffer.size()` bytes at `offset`; fewer only at the end.
  virtual Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> buffer) = 0;
};

/// What an archive may hold; more fails with kLimitExceeded.
struct ArchiveLimits {
  std::size_t max_members = 1'000'000;                        ///< Directories included.
  std::size_t max_name_bytes = std::size_t{256} << 20;        ///< Of all members' names.
  std::uint64_t max_unpacked_bytes = std::uint64_t{1} << 44;  ///< Of the whole archive.
};

/// The files in an archive, by their names within it; a leading "./" is left out.
struct ArchiveContents {
  std::vector<Resource> resources;               ///< In no particular order.
  std::vector<std::string> files_without_shard;  ///< Empty files, where shards were hashed.
  /// The one folder that everything in the archive lies in, if there is one.
  std::optional<std::string> folder;
};

/// Digests of every file in an archive; `how` says which, and no thread is started. Memory is
/// bounded by the limits for names and digests, and otherwise by what a decompressor keeps (zstd:
/// 128 MiB and a little).
///
/// Refused are archives that are broken (kArchiveMalformed, kArchiveTruncated,
/// kArchiveChecksumMismatch), that have something after their end (kArchiveTrailingData), two
/// members of one name or a file in the place of a directory (kArchiveMemberDuplicate), a name that
/// is no plain path (kArchiveNameInvalid, kNameNotUtf8, kNameTooLong), a link of either kind
/// (kArchiveLink) or a pipe or device (kSpecialFile). What is not read is undecided: encrypted
/// members (kArchiveEncrypted), sparse files, other compression methods and archives of several
/// volumes (kArchiveUnsupported), and what is beyond a limit (kLimitExceeded).
Result<ArchiveContents> digest_archive(ArchiveSource& source, ArchiveForm form,
                                       const hash::HashOptions& how, const ArchiveLimits& limits,
                                       const base::Cancellation& cancellation);

}  // namespace hallmark::manifest

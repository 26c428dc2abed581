#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "hallmark/base/directory.h"
#include "hallmark/base/log.h"
#include "hallmark/base/result.h"
#include "hallmark/base/unix_time.h"
#include "hallmark/manifest/digest_table.h"
#include "hallmark/manifest/identity.h"
#include "hallmark/manifest/measure.h"

namespace hallmark::manifest {

/// Where the user's digest cache lies: `$XDG_CACHE_HOME/hallmark`, or `~/.cache/hallmark` where
/// that is not set to an absolute path. Fails with kNotFound when the user has no home either.
Result<std::string> user_cache_directory();

struct DigestCacheOptions {
  std::string directory;  ///< Made when something is to be kept; see `user_cache_directory`.
  std::size_t max_bytes = std::size_t{64} << 20;
  /// How files are looked at; tests put something else in its place.
  std::function<Identity(const base::Directory&, const TreeFile&, bool)> identify =
      manifest::identify;
};

/// Digests of files that were hashed before, kept from one run to the next for one user.
///
/// A file that fs-verity protects is known again by what the kernel measures of it. Any other is
/// taken for the one that was hashed when device, inode, size, mtime and ctime are the same: that
/// is what the file system says of it, not its contents (docs/guide/digest-cache.md). A file that
/// was written within the last seconds is not kept, as a later write could leave all that as it is,
/// nor one of a file system where writes leave no trace (`identify`).
///
/// Whatever is wrong with the stored cache makes it one that knows nothing, with a warning; a
/// digest comes only from what this user's key authenticates.
class DigestCache final : public KnownDigests {
 public:
  /// Opens the cache for a model whose files stand beneath `root`, before they are listed. `root`
  /// and `log` must outlive the cache; `now` is the time of the machine.
  DigestCache(DigestCacheOptions options, const base::Directory& root, base::UnixTime now,
              base::LogSink& log);
  ~DigestCache() override;
  DigestCache(const DigestCache&) = delete;
  DigestCache& operator=(const DigestCache&) = delete;

  std::optional<std::vector<hash::Digest>> find(const TreeFile& file,
                                                const hash::HashOptions& how) override;
  void learn(const TreeFile& file, const hash::HashOptions& how,
             std::span<const hash::Digest> digests) override;

  /// Keeps what was learnt, together with what stands in the cache by now: other processes may have
  /// written to it. What goes wrong is a warning.
  void save();

 private:
  using FileId = std::pair<std::uint64_t, std::uint64_t>;  // device, inode

  std::optional<std::vector<hash::Digest>> look_up(const DigestKey& key, std::uint64_t size,
                                                   const hash::HashOptions& how);
  DigestCacheOptions options_;
  const base::Directory& root_;
  base::UnixTime now_;
  base::LogSink& log_;
  DigestTable table_;
  std::vector<bool> used_;  // entries of `table_` that were found
  DigestTableBuilder learnt_;
  bool has_learnt_ = false;
  // Files that are about to be read and can be told again: by what fs-verity measures, or else by
  // their metadata. No other file is kept.
  std::map<FileId, std::optional<hash::Digest>> to_keep_;
};

}  // namespace hallmark::manifest

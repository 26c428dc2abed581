// Digests kept from one run to the next.
//
// The problem: whether a file is still the one that was hashed has to be told without reading it.
// Where the kernel protects the file with fs-verity it knows, and is asked. Elsewhere only metadata
// are left. Nobody but root can set ctime, so that a write shows, unless it comes within the same
// tick of the file system's clock as the last one; hence a file is kept only when both its times
// were over by some seconds before this run looked at it. Nor does every write set ctime at once:
// identity.cc sees to that, and has to before the file is read.
//
// Metadata are looked up first, as that costs no system call. Files with fs-verity are never filed
// under their metadata, so that this does not stand in for the kernel's answer.

#include "hallmark/manifest/digest_cache.h"

#include <cstdlib>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "manifest/digest_store.h"

namespace hallmark::manifest {
namespace {

// Ticks of file systems are as long as 2 seconds (FAT).
constexpr std::int64_t kSettledAfter = 2;

bool is_settled(const base::FileStatus& status, base::UnixTime now) {
  const std::int64_t latest = now.seconds - kSettledAfter;
  return status.modified.seconds < latest && status.changed.seconds < latest;
}

Bytes join(std::span<const hash::Digest> digests) {
  Bytes bytes;
  for (const hash::Digest& digest : digests) {
    bytes.insert(bytes.end(), digest.bytes().begin(), digest.bytes().end());
  }
  return bytes;
}

// Nothing when these are not the digests of a file of that size.
std::optional<std::vector<hash::Digest>> split(ByteView bytes, std::uint64_t size,
                                               const hash::HashOptions& how) {
  const std::size_t length = hash::digest_size(how.algorithm);
  if (bytes.size() % length != 0) return std::nullopt;
  if (bytes.size() / length != hash::shard_count(size, how.shard_size)) return std::nullopt;
  std::vector<hash::Digest> digests;
  digests.reserve(bytes.size() / length);
  for (; !bytes.empty(); bytes = bytes.subspan(length)) {
    digests.push_back(hash::Digest::create(how.algorithm, bytes.first(length)).value());
  }
  return digests;
}

void warn(base::LogSink& log, std::string_view directory, std::string_view what,
          const Error& error) {
  log.log(base::LogLevel::kWarning,
          fmt::format("the digest cache in '{}' {}: {}", base::escape_for_display(directory), what,
                      error.message));
}

}  // namespace

Result<std::string> user_cache_directory() {
  const char* cache = ::secure_getenv("XDG_CACHE_HOME");
  if (cache != nullptr && cache[0] == '/') return fmt::format("{}/hallmark", cache);
  const char* home = ::secure_getenv("HOME");
  if (home != nullptr && home[0] == '/') return fmt::format("{}/.cache/hallmark", home);
  return fail(Code::kNotFound, "neither XDG_CACHE_HOME nor HOME is an absolute path");
}

DigestCache::DigestCache(DigestCacheOptions options, const base::Directory& root,
                         base::UnixTime now, base::LogSink& log)
    : options_(std::move(options)), root_(root), now_(now), log_(log) {
  auto table = DigestStore(options_.directory, options_.max_bytes).load();
  if (table) {
    table_ = *std::move(table);
  } else {
    warn(log_, options_.directory, "is ignored", table.error());
  }
  used_.resize(table_.size());
}

DigestCache::~DigestCache() = default;

std::optional<std::vector<hash::Digest>> DigestCache::find(const TreeFile& file,
                                                           const hash::HashOptions& how) {
  const base::FileStatus& listed = file.location.listed;
  if (listed.type != base::FileType::kRegular) return std::nullopt;
  if (auto known = look_up(metadata_key(listed, how), listed.size, how)) return known;
  const bool settled = is_settled(listed, now_);
  const Identity identity = options_.identify(root_, file, settled);
  if (identity.by_contents) {
    const DigestKey key = verity_key(*identity.by_contents, listed.size, how);
    if (auto known = look_up(key, listed.size, how)) return known;
  }
  if (settled && (identity.by_contents || identity.by_times)) {
    to_keep_.insert_or_assign(FileId{listed.device, listed.inode}, identity.by_contents);
  }
  return std::nullopt;
}

std::optional<std::vector<hash::Digest>> DigestCache::look_up(const DigestKey& key,
                                                              std::uint64_t size,
                                                              const hash::HashOptions& how) {
  const std::optional<std::size_t> index = table_.find(key);
  if (!index) return std::nullopt;
  used_[*index] = true;
  return split(table_.at(*index).digests, size, how);
}

// What fs-verity measured it did before the file was read, and that could not change any more; nor
// could another file take its inode and have the same times, as these were over by then.
void DigestCache::learn(const TreeFile& file, const hash::HashOptions& how,
                        std::span<const hash::Digest> digests) {
  const base::FileStatus& listed = file.location.listed;
  const auto kept = to_keep_.find(FileId{listed.device, listed.inode});
  if (kept == to_keep_.end()) return;
  const Bytes bytes = join(digests);
  if (learnt_.bytes() + bytes.size() > options_.max_bytes) return;  // memory is bounded, too
  const std::optional<hash::Digest>& measured = kept->second;
  const DigestKey key =
      measured ? verity_key(*measured, listed.size, how) : metadata_key(listed, how);
  learnt_.add({key, now_, bytes});
  has_learnt_ = true;
}

// Not to keep several tables at once, what is there by now goes to what was learnt.
void DigestCache::save() {
  if (!has_learnt_) return;
  const DigestStore store(options_.directory, options_.max_bytes);
  if (const auto present = store.load()) {
    for (std::size_t i = 0; i < present->size(); ++i) {
      TableEntry entry = present->at(i);
      const auto known = table_.find(entry.key);
      if (known && used_[*known]) entry.used = now_;
      learnt_.add(entry);
    }
  }
  const auto stored = store.store(learnt_.build(options_.max_bytes));
  if (!stored) warn(log_, options_.directory, "cannot be written", stored.error());
  learnt_ = {};
  has_learnt_ = false;
}

}  // namespace hallmark::manifest

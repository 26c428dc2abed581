#include "hallmark/hash/file_hasher.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <numeric>
#include <optional>

#include <fmt/core.h>

#include "hallmark/base/thread_pool.h"
#include "hallmark/base/utf8.h"
#include "hallmark/hash/hasher.h"

namespace hallmark::hash {
namespace {

constexpr std::size_t kBufferSize = std::size_t{256} << 10;

tl::unexpected<Error> changed(const FileToHash& file) {
  return fail(Code::kFileChanged, fmt::format("the file '{}' changed while the model was read",
                                              base::escape_for_display(file.path)));
}

// One thread's tools, kept from file to file.
class FileReader {
 public:
  FileReader(const base::Directory& root, const HashOptions& options, base::ProgressSink& progress,
             const base::Cancellation& cancellation)
      : root_(root),
        hasher_(options.algorithm),
        shard_size_(options.shard_size),
        buffer_(kBufferSize),
        progress_(progress),
        cancellation_(cancellation) {}

  // After a failure the reader is of no further use: its hasher holds part of a file.
  Result<void> hash(const FileToHash& file, std::span<std::optional<Digest>> digests) {
    HALLMARK_ASSIGN_OR_RETURN(const base::FileDescriptor opened, root_.open_file(file.path));
    HALLMARK_ASSIGN_OR_RETURN(const base::FileStatus before, base::status_of(opened, file.path));
    if (before != file.listed) return changed(file);
    HALLMARK_TRY(hash_contents(opened, file, digests));
    // By name, so that a file put in the place of the one that was read shows too.
    const auto after = root_.status(file.path);
    if (!after || *after != before) return changed(file);
    progress_.on_file();
    return {};
  }

 private:
  Result<void> hash_contents(const base::FileDescriptor& opened, const FileToHash& file,
                             std::span<std::optional<Digest>> digests) {
    std::uint64_t offset = 0;
    for (;;) {
      HALLMARK_TRY(cancellation_.check());
      HALLMARK_ASSIGN_OR_RETURN(const std::size_t n,
                                base::read_at(opened, offset, buffer_, file.path));
      if (n > file.listed.size - offset) return changed(file);
      add_piece(ByteView(buffer_).first(n), offset, digests);
      offset += n;
      progress_.on_bytes(n);
      if (n < buffer_.size()) break;
    }
    if (offset != file.listed.size) return changed(file);
    // What ends with the file: all of it, or a last shard that is shorter than the others.
    if (!digests.empty() && !digests.back()) digests.back() = hasher_.finish();
    return {};
  }

  // Hashes a piece that begins at `offset`, and finishes the shards that end in it.
  void add_piece(ByteView piece, std::uint64_t offset, std::span<std::optional<Digest>> digests) {
    if (shard_size_ == 0) {
      hasher_.update(piece);
      return;
    }
    while (!piece.empty()) {
      const std::uint64_t room = shard_size_ - offset % shard_size_;
      const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(room, piece.size()));
      hasher_.update(piece.first(n));
      if (n == room) digests[offset / shard_size_] = hasher_.finish();
      piece = piece.subspan(n);
      offset += n;
    }
  }

  const base::Directory& root_;
  Hasher hasher_;
  std::uint64_t shard_size_;
  std::vector<std::uint8_t> buffer_;
  base::ProgressSink& progress_;
  const base::Cancellation& cancellation_;
};

// The failure of the file that comes first in the list, among those that were seen.
class FirstFailure {
 public:
  void note(std::size_t index, Error error) {
    const std::scoped_lock lock(mutex_);
    if (index < index_) {
      index_ = index;
      error_ = std::move(error);
    }
    any_ = true;
  }

  [[nodiscard]] bool any() const { return any_; }
  std::optional<Error> take() { return std::move(error_); }

 private:
  std::mutex mutex_;
  std::size_t index_ = std::size_t(-1);  // guarded by mutex_
  std::optional<Error> error_;           // guarded by mutex_ until the threads are done
  std::atomic<bool> any_{false};
};

std::vector<std::size_t> longest_first(std::span<const FileToHash> files) {
  std::vector<std::size_t> order(files.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (files[a].listed.size != files[b].listed.size) {
      return files[a].listed.size > files[b].listed.size;
    }
    return a < b;
  });
  return order;
}

// Where the digests of each file begin in the list of all, and at the end how many there are.
std::vector<std::size_t> first_digests(std::span<const FileToHash> files,
                                       std::uint64_t shard_size) {
  std::vector<std::size_t> first(files.size() + 1, 0);
  for (std::size_t i = 0; i < files.size(); ++i) {
    first[i + 1] =
        first[i] + static_cast<std::size_t>(shard_count(files[i].listed.size, shard_size));
  }
  return first;
}

}  // namespace

Result<std::vector<Digest>> hash_files(const base::Directory& root,
                                       std::span<const FileToHash> files,
                                       const HashOptions& options, base::ProgressSink& progress,
                                       const base::Cancellation& cancellation) {
  const std::vector<std::size_t> order = longest_first(files);
  const std::vector<std::size_t> first = first_digests(files, options.shard_size);
  std::vector<std::optional<Digest>> digests(first.back());
  std::atomic<std::size_t> next{0};
  FirstFailure failure;

  const auto work = [&](std::size_t) {
    FileReader reader(root, options, progress, cancellation);
    for (std::size_t i = next++; i < order.size() && !failure.any(); i = next++) {
      const std::size_t file = order[i];
      const std::size_t count = first[file + 1] - first[file];
      auto hashed = reader.hash(files[file], std::span(digests).subspan(first[file], count));
      if (!hashed) {
        failure.note(file, std::move(hashed.error()));
        return false;
      }
    }
    return true;
  };
  const std::size_t wanted = options.threads != 0 ? options.threads : base::usable_processors();
  base::ThreadPool pool(std::clamp<std::size_t>(files.size(), 1, wanted));
  pool.for_each(pool.size(), work);

  if (auto error = failure.take()) return fail(*std::move(error));
  std::vector<Digest> result;
  result.reserve(digests.size());
  for (const auto& digest : digests) result.push_back(*digest);
  return result;
}

}  // namespace hallmark::hash

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/file.h"
#include "hallmark/base/unix_time.h"
#include "hallmark/hash/file_hasher.h"

namespace hallmark::manifest {

/// What a file's digests are filed under: how they were computed, and by what the file is told from
/// every other one.
using DigestKey = std::array<std::uint8_t, 64>;

/// The file is told by device, inode, size, mtime and ctime.
DigestKey metadata_key(const base::FileStatus& status, const hash::HashOptions& how);

/// The file is told by its contents: `measured` is its fs-verity digest (`hash::measure_verity`).
DigestKey verity_key(const hash::Digest& measured, std::uint64_t size,
                     const hash::HashOptions& how);

/// One file of a table. The bytes belong to the table.
struct TableEntry {
  ByteView key;  ///< As long as a DigestKey.
  base::UnixTime used;
  ByteView digests;  ///< One after the other.
};

/// Digests of many files, in the bytes in which they are stored; nothing is decoded beforehand, so
/// that a table of 10,000 files is ready in less than a millisecond.
///
///     "HMDGST1\n", number of entries, bytes of all digests
///     entries: key (64 bytes), time of last use, start of the digests; strictly ascending by key
///     digests
///
/// Numbers are little-endian and have 8 bytes.
class DigestTable {
 public:
  DigestTable() = default;

  /// Nothing when the bytes are not exactly a table.
  static std::optional<DigestTable> parse(Bytes bytes);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] TableEntry at(std::size_t index) const;

  /// Where the entry of a key is, if there is one.
  [[nodiscard]] std::optional<std::size_t> find(ByteView key) const;

 private:
  [[nodiscard]] ByteView record(std::size_t index) const;
  [[nodiscard]] std::uint64_t digests_start(std::size_t index) const;
  [[nodiscard]] bool is_sound() const;

  Bytes bytes_;
  std::size_t size_ = 0;
};

/// Collects entries for a table.
class DigestTableBuilder {
 public:
  /// Bytes that the collected entries have in a table.
  [[nodiscard]] std::size_t bytes() const;

  /// Of several entries with one key the first one counts. What the entry views is copied.
  void add(const TableEntry& entry);

  /// The table's bytes, `max_bytes` at most: those used longest ago are left out.
  [[nodiscard]] Bytes build(std::size_t max_bytes) const;

 private:
  struct Collected {
    DigestKey key;
    base::UnixTime used;
    std::size_t start;  ///< in `digests_`
    std::size_t length;
  };

  [[nodiscard]] std::vector<const Collected*> choose(std::size_t max_bytes) const;

  std::vector<Collected> entries_;
  Bytes digests_;
};

}  // namespace hallmark::manifest

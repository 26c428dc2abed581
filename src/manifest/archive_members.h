#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/hash/hasher.h"
#include "hallmark/manifest/archive.h"

namespace hallmark::manifest {

/// Takes in the members of an archive one after the other: checks their names, and hashes the
/// files.
class ArchiveMembers {
 public:
  ArchiveMembers(const hash::HashOptions& how, const ArchiveLimits& limits)
      : limits_(limits), shard_size_(how.shard_size), hasher_(how.algorithm) {}

  /// A directory, by its name with or without a slash at its end.
  Result<void> add_directory(std::string_view name);

  /// A file, whose bytes follow in pieces.
  Result<void> begin_file(std::string_view name);
  Result<void> add_bytes(ByteView piece);
  Result<void> end_file();

  /// What was taken in. Fails with kArchiveMemberDuplicate.
  Result<ArchiveContents> finish() &&;

 private:
  struct Member {
    std::string name;
    bool is_directory = false;
  };

  Result<void> add(std::string_view name, bool is_directory);
  Result<void> end_shard();
  [[nodiscard]] Result<void> check_distinct() const;
  [[nodiscard]] std::optional<std::string> find_folder() const;

  const ArchiveLimits& limits_;
  std::uint64_t shard_size_;
  hash::Hasher hasher_;
  std::vector<Member> members_;
  std::size_t name_bytes_ = 0;
  ByteRange part_;  // of the present file, that the hasher has seen and nobody asked for yet
  ArchiveContents contents_;
};

}  // namespace hallmark::manifest

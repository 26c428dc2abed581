#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/directory.h"
#include "hallmark/hash/digest.h"
#include "hallmark/manifest/compare.h"
#include "hallmark/manifest/tree.h"
#include "hallmark/model/verify.h"

namespace hallmark::model {

/// What git has in the place of a large file that git-lfs keeps (git-lfs pointer file, version 1).
struct LfsPointer {
  hash::Digest contents;   ///< SHA-256 of the file that it stands for.
  std::uint64_t size = 0;  ///< Of that file, in bytes.
};

/// The longest text that is a pointer, in bytes.
inline constexpr std::size_t kLongestLfsPointer = 1023;

/// Reads the text of a pointer; nothing when it is none.
std::optional<LfsPointer> parse_lfs_pointer(std::string_view text);

/// The pointer that stands at a path, if one does: a hint for people, no evidence.
std::optional<LfsPointer> find_lfs_pointer(const base::Directory& root, const std::string& path);

/// The changed files that are pointers. Of very many files only the first are looked at.
std::vector<PointerInstead> pointers_among(const std::vector<manifest::Difference>& differences,
                                           const manifest::ModelTree& tree);

}  // namespace hallmark::model

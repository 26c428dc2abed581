#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/manifest/manifest.h"

namespace hallmark::manifest {

enum class DifferenceKind : std::uint8_t { kMissing, kExtra, kChanged, kRenamed };

/// "missing", "extra", "changed", "renamed".
std::string_view to_string(DifferenceKind kind);

/// One way in which a model is not what was signed.
struct Difference {
  DifferenceKind kind = DifferenceKind::kMissing;
  std::string path;                      ///< As signed; for an extra file, as found.
  std::optional<std::string> new_path;   ///< Of a renamed file.
  std::optional<hash::Digest> expected;  ///< What was signed, if anything; not of shards.
  std::optional<hash::Digest> found;     ///< What is there, if anything; not of shards.
  /// Of a changed file that was signed in shards: where it differs, in order, neighbours joined.
  std::vector<ByteRange> ranges;
};

/// Every difference of files, sorted by path; a file is told once, however many of its shards
/// differ. A missing file whose contents an extra file has counts as renamed, one for one. Names
/// in each list are distinct, or shards of one size that tile each file; their order does not
/// matter. `found_empty` are files that are there and have no shard: changed where one was signed.
std::vector<Difference> compare(std::span<const Resource> expected, std::span<const Resource> found,
                                std::span<const std::string> found_empty = {});

}  // namespace hallmark::manifest

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
  std::optional<hash::Digest> expected;  ///< What was signed, if anything.
  std::optional<hash::Digest> found;     ///< What is there, if anything.
};

/// Every difference, sorted by path. A missing file whose digest an extra file has counts as
/// renamed, one for one. Names in each list are distinct; their order does not matter.
std::vector<Difference> compare(std::span<const Resource> expected,
                                std::span<const Resource> found);

}  // namespace hallmark::manifest

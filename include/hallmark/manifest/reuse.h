#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/manifest/ignore.h"
#include "hallmark/manifest/manifest.h"
#include "hallmark/manifest/measure.h"

namespace hallmark::manifest {

/// Digests of an older signature, for signing a changed model without reading all of it again.
///
/// The older signature says what a file's digest was, and somebody has to say that the file is
/// still the same: the user, who names everything that changed, or else a witness, who knows files
/// by their metadata. A digest is taken over when its file is one of the old signature, has in
/// shards the size that it had, and
/// - stands not beneath a changed path, where these are given, or
/// - is known to the witness with the very same digest, where they are not.
/// Every other file has to be read, and the witness hears of it.
class ReusedDigests final : public KnownDigests {
 public:
  /// `vouched` is what a verified signature says, under the names that the tree has: distinct
  /// files, or shards that tile each file. `changed` covers names of files and the places that they
  /// stand at; `witness` may be null, and outlives this.
  ReusedDigests(Manifest vouched, std::optional<IgnoreRules> changed, KnownDigests* witness);

  std::optional<std::vector<hash::Digest>> find(const TreeFile& file,
                                                const hash::HashOptions& how) override;
  void learn(const TreeFile& file, const hash::HashOptions& how,
             std::span<const hash::Digest> digests) override;

  /// How many files were taken over.
  [[nodiscard]] std::uint64_t taken_over() const { return taken_over_; }

 private:
  [[nodiscard]] std::optional<std::vector<hash::Digest>> vouched_for(
      const TreeFile& file, const hash::HashOptions& how) const;
  bool is_unchanged(const TreeFile& file, const hash::HashOptions& how,
                    const std::optional<std::vector<hash::Digest>>& vouched);

  Manifest vouched_;
  std::optional<IgnoreRules> changed_;
  KnownDigests* witness_;
  std::uint64_t taken_over_ = 0;
};

/// Whether a changed path, or a file beneath it, is one of the signed files.
bool names_signed_file(std::span<const Resource> resources, std::string_view path);

}  // namespace hallmark::manifest

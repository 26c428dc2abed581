#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "hallmark/base/cancellation.h"
#include "hallmark/base/result.h"
#include "hallmark/manifest/manifest.h"
#include "hallmark/manifest/measure.h"

// Digests that others computed (docs/formats/digests.md).

namespace hallmark::manifest {

enum class DigestListForm : std::uint8_t {
  kSums,         ///< Lines of GNU sha256sum.
  kHallmark,     ///< JSON with the schema hallmark-digests/v1.
  kOciManifest,  ///< OCI image manifest whose layers are files with titles.
};

/// "sha256sum", "hallmark-digests/v1", "oci-manifest".
std::string_view to_string(DigestListForm form);

/// A list of a model's files with their digests, or with those of their shards.
struct DigestList {
  DigestListForm form = DigestListForm::kSums;
  hash::Algorithm algorithm = hash::Algorithm::kSha256;  ///< One that OMS registers.
  std::uint64_t shard_size = 0;                          ///< As in Manifest.
  std::vector<Resource> resources;                       ///< In the order of `statement_order`.
};

/// The longest text of a list, in bytes; it has kMostShards digests at most.
inline constexpr std::size_t kLargestDigestList = std::size_t{1} << 30;

/// Reads a list strictly. Its form is told by its first byte and, in JSON, by the members `schema`
/// and `schemaVersion`; no other form is tried when it cannot be read as that one. Names are
/// distinct paths beneath a model, shards tile each file. Fails with kDigestListUnreadable where
/// the form itself is not kept, and else with the code of the rule that is broken, a rejection.
Result<DigestList> parse_digest_list(std::string_view text);

/// What `measure_model` would give if the list is right. The files are listed by `options` and not
/// opened: their names have to be those of the list, their sizes those that shards tell; empty
/// files have no shard and may be absent there. Fails with kModelDiffers, which names the first few
/// files, with kModelEmpty, or as `list_files` does.
Result<Measured> match_digests(const ModelTree& tree, DigestList list,
                               const MeasureOptions& options,
                               const base::Cancellation& cancellation);

}  // namespace hallmark::manifest

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hallmark/manifest/archive.h"
#include "hallmark/manifest/measure.h"

namespace hallmark::manifest {

/// A model in an archive, and what of it is looked at.
struct ArchivedModel {
  const ModelTree& tree;    ///< A single file, which is the archive.
  base::FileStatus listed;  ///< Of the archive, as it has to be.
  ArchiveForm form = ArchiveForm::kTar;
  ArchiveLimits limits;
};

/// What is in a model that is in an archive.
struct MeasuredArchive {
  Measured measured;
  /// The folder in the archive that is the model; nothing where the model is all of the archive.
  std::optional<std::string> folder;
  std::vector<std::string> ignored_present;  ///< Ignored paths beneath which there are files.
};

/// Digests of what a verifier has to see, as by `measure_signed`, of a model in an archive. The
/// archive is opened once, beneath its directory, and read without being unpacked.
///
/// Where everything in the archive lies in one folder, that folder is the model; except when more
/// of the signed files are found by their names from the archive's root. Of `options` count
/// the paths that are ignored or alone looked at, and how files are hashed: links are refused in
/// any case, and no digests are known. `signed_resources` are all those of the model, so that the
/// folder is found, whatever is looked at. Fails with kFileChanged when the archive is not the one
/// listed or changed, whatever was found in it, and otherwise as `digest_archive`.
Result<MeasuredArchive> measure_archive(const ArchivedModel& archive,
                                        std::span<const Resource> signed_resources,
                                        UnsignedFiles unsigned_files, const MeasureOptions& options,
                                        base::ProgressSink& progress,
                                        const base::Cancellation& cancellation);

}  // namespace hallmark::manifest

#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/cancellation.h"
#include "hallmark/base/directory.h"
#include "hallmark/base/result.h"
#include "hallmark/hash/file_hasher.h"
#include "hallmark/manifest/ignore.h"

namespace hallmark::manifest {

/// A model on disk: a directory, or a single file.
///
/// The path that the user gives may itself be a link; from there on every file is reached through
/// the one open directory, so that no later change of a path can lead outside.
class ModelTree {
 public:
  /// Fails with kNotFound, kSpecialFile or kIoError.
  static Result<ModelTree> open(const std::string& path);

  /// OMS subject name: last component of the path as given or, where that says nothing ("." or
  /// ".."), of the real path.
  [[nodiscard]] const std::string& name() const { return name_; }

  [[nodiscard]] bool is_single_file() const { return file_.has_value(); }

  /// Absolute path without links of the directory or file.
  [[nodiscard]] const std::string& real_path() const { return real_path_; }

  /// The directory, or the one that the single file stands in.
  [[nodiscard]] const base::Directory& root() const { return root_; }

  /// Name of the single file within `root`.
  [[nodiscard]] const std::optional<std::string>& file() const { return file_; }

  /// Whether the path as given still leads to what was opened. Fails with kFileChanged.
  [[nodiscard]] Result<void> check_in_place() const;

 private:
  ModelTree(base::Directory root, std::string given_path, std::string real_path, std::string name,
            std::optional<std::string> file);

  base::Directory root_;
  std::string given_path_;
  std::string real_path_;
  std::string name_;
  std::optional<std::string> file_;
};

/// A file of the model: the name under which it is signed, and where it stands. The two differ only
/// where links were followed.
struct TreeFile {
  TreeFile() = default;
  TreeFile(std::string_view name, hash::FileToHash where);

  [[nodiscard]] const std::string& name() const { return other_name ? *other_name : location.path; }

  /// The name, taken out of a file that is done with.
  [[nodiscard]] std::string take_name() &&;

  hash::FileToHash location;
  /// The name where it is not the path: with a million files, two copies of each would weigh.
  std::unique_ptr<std::string> other_name;
};

struct WalkOptions {
  bool allow_symlinks = false;
  /// A directory elsewhere: links to regular files in it are followed all the same, and nothing
  /// else there is looked at. The cache of a hub keeps the files of a model so.
  std::shared_ptr<const base::Directory> links_into;
  /// Only what these cover is listed, and nothing else is looked at.
  std::optional<IgnoreRules> only;
  std::size_t threads = 0;  ///< That look at files; 0: as many as can run.
  /// Entries looked at before the walk gives up with kLimitExceeded.
  std::size_t max_entries = 20'000'000;
  /// The same for entries reached through a link, and for the bytes of their names: links to
  /// directories inside the model can multiply its size without a cycle.
  std::size_t max_linked_entries = 1'000'000;
  std::size_t max_linked_name_bytes = std::size_t{256} << 20;
};

/// A directory of the model, and what it was before it was listed. Whatever is added to it later,
/// is removed or gets another name shows in its times.
struct ListedDirectory {
  std::string path;
  base::FileStatus listed;
};

struct Listing {
  std::vector<TreeFile> files;
  /// Those of which all entries count: with `WalkOptions::only`, not those that merely lead on.
  std::vector<ListedDirectory> directories;
};

/// Every file of the model that `ignored` does not cover, sorted by name (OMS v1.0 section 6.1).
///
/// Files that links led to are `location.beneath` the directory of `WalkOptions::links_into`, which
/// must live as long as the list, where they are not in the model.
///
/// Refused: links unless allowed (kSymlinkRefused), links that lead outside, in a circle or
/// nowhere, also when allowed (kSymlinkOutside, kSymlinkCycle, kSymlinkDangling), pipes, sockets
/// and devices (kSpecialFile), names that are not UTF-8 (kNameNotUtf8), paths that are too long
/// (kNameTooLong). Links to directories within the model are entered when links are allowed.
Result<Listing> list_model(const ModelTree& tree, const IgnoreRules& ignored,
                           const WalkOptions& options, const base::Cancellation& cancellation);

/// The files of `list_model` alone.
Result<std::vector<TreeFile>> list_files(const ModelTree& tree, const IgnoreRules& ignored,
                                         const WalkOptions& options,
                                         const base::Cancellation& cancellation);

/// The file with one name, or nothing when there is no file of that name (a directory is none).
/// Links are treated as by `list_files`. `name` must pass `check_resource_name`.
Result<std::optional<TreeFile>> find_file(const ModelTree& tree, std::string_view name,
                                          const WalkOptions& options);

}  // namespace hallmark::manifest

// Listing a model's files.
//
// Directories are kept in a list and opened one at a time from the root, so that neither depth nor
// width costs file descriptors or stack. Where a link to a directory was followed, the directory
// has two paths: the one that names are made of, and the real one that files are opened by.

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <span>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/manifest/name.h"
#include "hallmark/manifest/tree.h"
#include "manifest/file_elsewhere.h"
#include "manifest/status_reader.h"

namespace hallmark::manifest {
namespace {

using base::DirectoryEntry;
using base::FileStatus;
using base::FileType;

// A directory that was met. Its parent leads on to the root, which is its own parent.
struct Folder {
  std::string name;    // as it stands in resource names; "" is the root
  std::string path;    // where it really is
  std::size_t parent;  // index into the list of folders
  bool beyond_link;    // a link was followed on the way here
};

std::string join(const std::string& folder, const std::string& entry) {
  return folder.empty() ? entry : folder + "/" + entry;
}

class Walk {
 public:
  Walk(const ModelTree& tree, const IgnoreRules& ignored, const WalkOptions& options,
       const base::Cancellation& cancellation)
      : tree_(tree),
        ignored_(ignored),
        options_(options),
        cancellation_(cancellation),
        statuses_(options.threads, cancellation) {}

  Result<Listing> run() {
    folders_.push_back(Folder{"", "", 0, false});
    for (std::size_t i = 0; i < folders_.size(); ++i) {
      HALLMARK_TRY(cancellation_.check());
      HALLMARK_TRY(list(i));
    }
    std::move(linked_files_.begin(), linked_files_.end(), std::back_inserter(files_));
    const auto by_name = [](const TreeFile& a, const TreeFile& b) {
      return code_point_less(a.name(), b.name());
    };
    // They often are in order, as each folder is listed in order; looking is quicker than sorting.
    if (!std::is_sorted(files_.begin(), files_.end(), by_name)) {
      std::sort(files_.begin(), files_.end(), by_name);
    }
    return Listing{std::move(files_), std::move(directories_)};
  }

 private:
  Result<void> list(std::size_t index) {
    HALLMARK_ASSIGN_OR_RETURN(const base::Directory directory,
                              tree_.root().open_directory(folders_[index].path));
    if (!options_.only || options_.only->covers(folders_[index].name)) {
      HALLMARK_ASSIGN_OR_RETURN(const FileStatus before, directory.status(""));
      directories_.push_back({folders_[index].path, before});
    }
    HALLMARK_ASSIGN_OR_RETURN(std::vector<DirectoryEntry> entries, directory.entries());
    // Sorted, so that of several faults the same one is told every time.
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    HALLMARK_TRY(count(entries.size()));
    const std::size_t first = files_.size();
    for (const DirectoryEntry& entry : entries) HALLMARK_TRY(visit(index, entry));
    return inspect(directory, first);
  }

  // Looks at the files of one directory, which are those from `first` on.
  Result<void> inspect(const base::Directory& directory, std::size_t first) {
    const std::span<TreeFile> found = std::span(files_).subspan(first);
    HALLMARK_TRY(statuses_.read(directory, found));
    for (const TreeFile& file : found) {
      HALLMARK_TRY(check_file(file.name(), file.location.listed));
    }
    return {};
  }

  Result<void> count(std::size_t entries) {
    entries_ += entries;
    if (entries_ <= options_.max_entries) return {};
    return fail(Code::kLimitExceeded,
                fmt::format("the model has more than {} entries", options_.max_entries));
  }

  Result<void> count_linked(const std::string& name) {
    linked_entries_ += 1;
    linked_name_bytes_ += name.size();
    if (linked_entries_ > options_.max_linked_entries) {
      return fail(Code::kLimitExceeded,
                  fmt::format("the model's links lead to more than {} entries",
                              options_.max_linked_entries));
    }
    if (linked_name_bytes_ > options_.max_linked_name_bytes) {
      return fail(Code::kLimitExceeded,
                  fmt::format("the names that the model's links lead to have more than {} bytes",
                              options_.max_linked_name_bytes));
    }
    return {};
  }

  Result<void> visit(std::size_t folder, const DirectoryEntry& entry) {
    const std::string name = join(folders_[folder].name, entry.name);
    if (ignored_.covers(name) || !is_wanted(name, entry.type)) return {};
    const std::string path = join(folders_[folder].path, entry.name);
    if (ignored_.names_file(name) && !is_directory(path, entry.type)) return {};
    HALLMARK_TRY(check_name(name));
    if (folders_[folder].beyond_link) HALLMARK_TRY(count_linked(name));
    switch (entry.type) {
      case FileType::kRegular:
        files_.emplace_back(name, hash::FileToHash{path, {}});
        return {};
      case FileType::kDirectory:
        return add_folder(folder, name, path, folders_[folder].beyond_link);
      case FileType::kSymlink:
        return follow(folder, name, path);
      case FileType::kSpecial:
        break;
    }
    return special(name);
  }

  // Whether there is a directory, be it behind a link.
  [[nodiscard]] bool is_directory(const std::string& path, FileType type) const {
    std::error_code unknown;  // then there is none
    return type == FileType::kDirectory ||
           (type == FileType::kSymlink &&
            std::filesystem::is_directory(join(tree_.real_path(), path), unknown));
  }

  // Directories lead to what is wanted, and links may.
  [[nodiscard]] bool is_wanted(const std::string& name, FileType type) const {
    if (!options_.only || options_.only->covers(name)) return true;
    const bool may_lead_on = type == FileType::kDirectory || type == FileType::kSymlink;
    return may_lead_on && options_.only->leads_to(name);
  }

  static Result<void> check_name(const std::string& name) {
    if (!base::is_utf8(name)) {
      return fail(Code::kNameNotUtf8,
                  fmt::format("the name '{}' is not UTF-8", base::escape_for_display(name)));
    }
    return check_resource_name(name);
  }

  Result<void> follow(std::size_t folder, const std::string& name, const std::string& path) {
    if (options_.links_into != nullptr) {
      HALLMARK_ASSIGN_OR_RETURN(std::optional<TreeFile> file,
                                file_elsewhere(tree_, name, path, options_));
      if (file) {
        linked_files_.push_back(*std::move(file));
        return {};
      }
    }
    if (!options_.allow_symlinks) return refuse_link(name);
    HALLMARK_ASSIGN_OR_RETURN(const std::string target, tree_.root().resolve_link(path));
    HALLMARK_ASSIGN_OR_RETURN(const FileStatus status, tree_.root().status(target));
    if (status.type == FileType::kDirectory) return add_folder(folder, name, target, true);
    HALLMARK_TRY(check_file(name, status));
    linked_files_.emplace_back(name, hash::FileToHash{target, status});
    return {};
  }

  [[nodiscard]] Result<void> refuse_link(const std::string& name) const {
    std::string but;
    if (options_.links_into != nullptr) {
      but = fmt::format(" but into '{}'", base::escape_for_display(options_.links_into->path()));
    }
    return fail(Code::kSymlinkRefused,
                fmt::format("'{}' is a symbolic link, and links are not allowed here{}",
                            base::escape_for_display(name), but));
  }

  static Result<void> check_file(const std::string& name, const FileStatus& status) {
    if (status.type == FileType::kSymlink) {
      return fail(Code::kFileChanged, fmt::format("'{}' became a link while the model was read",
                                                  base::escape_for_display(name)));
    }
    if (status.type != FileType::kRegular) return special(name);
    return {};
  }

  Result<void> add_folder(std::size_t parent, const std::string& name, const std::string& path,
                          bool beyond_link) {
    if (beyond_link && is_above(parent, path)) {
      return fail(Code::kSymlinkCycle, fmt::format("the links at '{}' lead in a circle",
                                                   base::escape_for_display(name)));
    }
    folders_.push_back(Folder{name, path, parent, beyond_link});
    return {};
  }

  // Whether the real directory `path` is one of those that lead to `folder`, or that one.
  [[nodiscard]] bool is_above(std::size_t folder, const std::string& path) const {
    for (std::size_t i = folder;; i = folders_[i].parent) {
      if (folders_[i].path == path) return true;
      if (i == 0) return false;
    }
  }

  static Result<void> special(const std::string& name) {
    return fail(Code::kSpecialFile, fmt::format("'{}' is neither a file nor a directory",
                                                base::escape_for_display(name)));
  }

  const ModelTree& tree_;
  const IgnoreRules& ignored_;
  const WalkOptions& options_;
  const base::Cancellation& cancellation_;
  StatusReader statuses_;
  std::vector<Folder> folders_;
  std::vector<TreeFile> files_;
  std::vector<TreeFile> linked_files_;  // those that a link led to
  std::vector<ListedDirectory> directories_;
  std::size_t entries_ = 0;
  std::size_t linked_entries_ = 0;
  std::size_t linked_name_bytes_ = 0;
};

Result<Listing> list_single_file(const ModelTree& tree) {
  if (!base::is_utf8(tree.name())) {
    return fail(Code::kNameNotUtf8, "the model's name is not UTF-8");
  }
  HALLMARK_ASSIGN_OR_RETURN(std::optional<TreeFile> file, find_file(tree, tree.name(), {}));
  Listing listing;
  if (file) listing.files.push_back(*std::move(file));
  return listing;
}

}  // namespace

Result<Listing> list_model(const ModelTree& tree, const IgnoreRules& ignored,
                           const WalkOptions& options, const base::Cancellation& cancellation) {
  if (tree.is_single_file()) return list_single_file(tree);
  return Walk(tree, ignored, options, cancellation).run();
}

Result<std::vector<TreeFile>> list_files(const ModelTree& tree, const IgnoreRules& ignored,
                                         const WalkOptions& options,
                                         const base::Cancellation& cancellation) {
  return list_model(tree, ignored, options, cancellation).map([](Listing&& listing) {
    return std::move(listing.files);
  });
}

}  // namespace hallmark::manifest

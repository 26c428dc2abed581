#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/file.h"
#include "hallmark/base/result.h"

namespace hallmark::base {

struct DirectoryEntry {
  std::string name;  ///< Bytes as the file system has them; perhaps not UTF-8.
  FileType type = FileType::kSpecial;
};

/// A file that was opened, and what it was then.
struct OpenedFile {
  FileDescriptor descriptor;
  FileStatus status;
};

/// An open directory. Every relative path is resolved beneath it and through no link at all, in one
/// step by the kernel (openat2) or component by component where the kernel cannot, so that a path
/// component swapped for a link at any time cannot lead outside.
///
/// Relative paths are slash separated, without leading slash, empty, "." or ".." components or zero
/// bytes; any other is refused with kUsage. The empty path is the directory itself.
class Directory {
 public:
  /// Opens a directory that the user named; links in `path` itself are followed.
  static Result<Directory> open(const std::string& path);

  /// Opens a regular file for reading. Anything else is refused with kSpecialFile or
  /// kSymlinkRefused, without waiting for a pipe or touching a device.
  [[nodiscard]] Result<FileDescriptor> open_file(std::string_view relative) const;

  /// The same without a look beforehand, for a path at which a regular file was listed: fewer calls
  /// of the system. A pipe in its place is not waited for.
  [[nodiscard]] Result<OpenedFile> open_listed_file(std::string_view relative) const;

  [[nodiscard]] Result<Directory> open_directory(std::string_view relative) const;

  /// Status of what stands at the path, the final link not followed.
  [[nodiscard]] Result<FileStatus> status(std::string_view relative) const;

  /// All entries but "." and "..", in no particular order.
  [[nodiscard]] Result<std::vector<DirectoryEntry>> entries() const;

  /// Where the link at `relative` finally leads, as a relative path without links. Fails with
  /// kSymlinkOutside when that is not beneath this directory, kSymlinkCycle when links go in a
  /// circle, kSymlinkDangling when nothing is there. The answer is only a name: opening it checks
  /// again.
  [[nodiscard]] Result<std::string> resolve_link(std::string_view relative) const {
    return resolve_link(relative, *this);
  }

  /// The same for a link that leads into another directory: a path relative to that one.
  [[nodiscard]] Result<std::string> resolve_link(std::string_view relative,
                                                 const Directory& into) const;

  /// Name of the directory for messages.
  [[nodiscard]] const std::string& path() const { return path_; }

  /// Resolves component by component even where openat2 works, for tests of that path.
  void force_component_walk() { component_walk_ = true; }

 private:
  Directory(FileDescriptor descriptor, std::string path)
      : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

  [[nodiscard]] Result<FileDescriptor> open_beneath(std::string_view relative, int flags) const;
  [[nodiscard]] Result<FileDescriptor> walk_beneath(std::string_view relative, int flags) const;
  [[nodiscard]] std::string shown(std::string_view relative) const;

  FileDescriptor descriptor_;
  std::string path_;
  bool component_walk_ = false;
};

}  // namespace hallmark::base

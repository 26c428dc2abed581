#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"

namespace hallmark::base {

/// Owns a file descriptor.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int value) : value_(value) {}
  ~FileDescriptor() { reset(); }

  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  FileDescriptor(FileDescriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;

  [[nodiscard]] int get() const { return value_; }
  [[nodiscard]] bool valid() const { return value_ >= 0; }
  void reset() noexcept;
  /// Gives up ownership.
  int release() noexcept { return std::exchange(value_, -1); }

 private:
  int value_ = -1;
};

enum class FileType : std::uint8_t { kRegular, kDirectory, kSymlink, kSpecial };

/// A time stamp of the file system. In two parts, as any 64-bit second can stand in a file's mtime
/// and not each of them fits into 64 bits of nanoseconds.
struct FileTime {
  std::int64_t seconds = 0;      ///< since 1970
  std::int64_t nanoseconds = 0;  ///< beyond the second

  friend bool operator==(const FileTime&, const FileTime&) = default;
};

/// What the file system says about a file. Two equal statuses mean that nobody wrote to the file
/// in between, as far as its clock can tell.
struct FileStatus {
  FileType type = FileType::kSpecial;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;  ///< bytes
  FileTime modified;       ///< mtime
  FileTime changed;        ///< ctime

  friend bool operator==(const FileStatus&, const FileStatus&) = default;
};

/// An error of the operating system as ours: "cannot open 'a/b': Permission denied". ENOENT and
/// ENOTDIR become kNotFound, a link met where none may be kSymlinkRefused, an overlong name
/// kNameTooLong, EEXIST kAlreadyExists, anything else kIoError. `path` is escaped for display here.
Error system_error(int error_number, std::string_view action, std::string_view path);

/// The same for opening a path that the user named: whatever stands in the way is no evidence
/// against a model, so the code is never one of a rejection.
Error named_file_error(int error_number, std::string_view path);

/// Status of an open file.
Result<FileStatus> status_of(const FileDescriptor& file, std::string_view path);

/// Reads up to `size` bytes at `offset`; fewer only at the end of the file. `path` is for messages.
Result<std::size_t> read_at(const FileDescriptor& file, std::uint64_t offset,
                            std::span<std::uint8_t> buffer, std::string_view path);

/// The same, and content with the first `enough` bytes: a file system that was asked to read past
/// its cache may refuse to go on where the file ends within a block.
Result<std::size_t> read_at_least(const FileDescriptor& file, std::uint64_t offset,
                                  std::size_t enough, std::span<std::uint8_t> buffer,
                                  std::string_view path);

/// Reads a whole file that the user named (links are followed; pipes and devices can be read).
/// Fails with kLimitExceeded when it has more than `max_bytes`.
Result<std::string> read_file(const std::string& path, std::size_t max_bytes);

/// The same for a file that others may exchange at any time: a pipe, socket or device is refused
/// with kIoError, and a pipe not waited for.
Result<std::string> read_regular_file(const std::string& path, std::size_t max_bytes);

/// The same as `read_file` for a file with a key or passphrase in it.
Result<Secret> read_secret_file(const std::string& path, std::size_t max_bytes);

/// The same for a file that holds a passphrase or PIN alone: without one line end, LF or CR LF, at
/// its end, which editors add.
Result<Secret> read_secret_line(const std::string& path, std::size_t max_bytes);

}  // namespace hallmark::base

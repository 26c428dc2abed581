#include "hallmark/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <fmt/core.h>

#include "base/file_status.h"
#include "hallmark/base/utf8.h"

namespace hallmark::base {
namespace {

constexpr std::size_t kReadStep = std::size_t{64} << 10;

Code code_of(int error_number) {
  switch (error_number) {
    case ENOENT:
    case ENOTDIR:
      return Code::kNotFound;
    case ELOOP:
      return Code::kSymlinkRefused;
    case ENAMETOOLONG:
      return Code::kNameTooLong;
    case EEXIST:
      return Code::kAlreadyExists;
    default:
      return Code::kIoError;
  }
}

Result<FileDescriptor> open_for_reading(const std::string& path, int more_flags = 0) {
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | more_flags));
  if (!file.valid()) return fail(named_file_error(errno, path));
  return file;
}

// Bytes on their way from a file, perhaps of a key: none stay behind, however the reading ends.
struct ReadBuffer {
  ReadBuffer() = default;
  ~ReadBuffer() { explicit_bzero(bytes.data(), bytes.size()); }
  ReadBuffer(const ReadBuffer&) = delete;
  ReadBuffer& operator=(const ReadBuffer&) = delete;

  std::array<char, kReadStep> bytes;
};

// Reads to the end of the file, pipe or device into `out`.
Result<void> read_to_end(const FileDescriptor& file, const std::string& path, std::size_t max_bytes,
                         std::string& out) {
  ReadBuffer buffer;
  for (;;) {
    const ssize_t n = ::read(file.get(), buffer.bytes.data(), buffer.bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(system_error(errno, "read", path));
    if (n == 0) return {};
    const auto count = static_cast<std::size_t>(n);
    if (count > max_bytes - out.size()) {
      return fail(Code::kLimitExceeded,
                  fmt::format("'{}' is larger than {} bytes", escape_for_display(path), max_bytes));
    }
    out.append(buffer.bytes.data(), count);
  }
}

Result<std::string> read_opened(const FileDescriptor& file, const FileStatus& status,
                                const std::string& path, std::size_t max_bytes) {
  std::string text;
  if (status.type == FileType::kRegular && status.size <= max_bytes) text.reserve(status.size);
  HALLMARK_TRY(read_to_end(file, path, max_bytes, text));
  return text;
}

}  // namespace

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    reset();
    value_ = std::exchange(other.value_, -1);
  }
  return *this;
}

void FileDescriptor::reset() noexcept {
  if (value_ >= 0) ::close(value_);
  value_ = -1;
}

Error system_error(int error_number, std::string_view action, std::string_view path) {
  const std::string reason = error_number == ELOOP ? "it is a symbolic link or leads through one"
                                                   : std::generic_category().message(error_number);
  return Error{code_of(error_number),
               fmt::format("cannot {} '{}': {}", action, escape_for_display(path), reason)};
}

Error named_file_error(int error_number, std::string_view path) {
  Error error = system_error(error_number, "open", path);
  if (failure_of(error.code) == Failure::kRejected) error.code = Code::kIoError;
  return error;
}

FileStatus file_status(const struct stat& status) {
  FileStatus result;
  if (S_ISREG(status.st_mode)) {
    result.type = FileType::kRegular;
  } else if (S_ISDIR(status.st_mode)) {
    result.type = FileType::kDirectory;
  } else if (S_ISLNK(status.st_mode)) {
    result.type = FileType::kSymlink;
  }
  result.device = status.st_dev;
  result.inode = status.st_ino;
  result.size = static_cast<std::uint64_t>(status.st_size);
  result.modified = {status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
  result.changed = {status.st_ctim.tv_sec, status.st_ctim.tv_nsec};
  return result;
}

Result<FileStatus> status_of(const FileDescriptor& file, std::string_view path) {
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return fail(system_error(errno, "inspect", path));
  return file_status(status);
}

Result<std::size_t> read_at(const FileDescriptor& file, std::uint64_t offset,
                            std::span<std::uint8_t> buffer, std::string_view path) {
  return read_at_least(file, offset, buffer.size(), buffer, path);
}

Result<std::size_t> read_at_least(const FileDescriptor& file, std::uint64_t offset,
                                  std::size_t enough, std::span<std::uint8_t> buffer,
                                  std::string_view path) {
  std::size_t filled = 0;
  while (filled < std::min(enough, buffer.size())) {
    const ssize_t n = ::pread(file.get(), buffer.data() + filled, buffer.size() - filled,
                              static_cast<off_t>(offset + filled));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(system_error(errno, "read", path));
    if (n == 0) break;
    filled += static_cast<std::size_t>(n);
  }
  return filled;
}

Result<std::string> read_file(const std::string& path, std::size_t max_bytes) {
  HALLMARK_ASSIGN_OR_RETURN(const FileDescriptor file, open_for_reading(path));
  HALLMARK_ASSIGN_OR_RETURN(const FileStatus status, status_of(file, path));
  return read_opened(file, status, path, max_bytes);
}

Result<std::string> read_regular_file(const std::string& path, std::size_t max_bytes) {
  HALLMARK_ASSIGN_OR_RETURN(const FileDescriptor file, open_for_reading(path, O_NONBLOCK));
  HALLMARK_ASSIGN_OR_RETURN(const FileStatus status, status_of(file, path));
  if (status.type != FileType::kSpecial) return read_opened(file, status, path, max_bytes);
  return fail(Code::kIoError,
              fmt::format("expected a regular file at '{}', found a pipe, socket or device",
                          escape_for_display(path)));
}

Result<Secret> read_secret_file(const std::string& path, std::size_t max_bytes) {
  HALLMARK_ASSIGN_OR_RETURN(const FileDescriptor file, open_for_reading(path));
  std::string text;
  text.reserve(max_bytes);  // never moved while it grows, so no copy is left behind
  auto read = read_to_end(file, path, max_bytes, text);
  Secret secret(std::move(text));
  HALLMARK_TRY(std::move(read));
  return secret;
}

Result<Secret> read_secret_line(const std::string& path, std::size_t max_bytes) {
  HALLMARK_ASSIGN_OR_RETURN(const Secret contents, read_secret_file(path, max_bytes));
  std::string_view text = contents.expose_secret();
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return Secret(std::string(text));
}

}  // namespace hallmark::base

#include "manifest/private_directory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"

namespace hallmark::manifest {
namespace {

constexpr mode_t kOthers = 077;

Result<void> check_owner(const struct stat& status, const std::string& shown) {
  if (status.st_uid == ::geteuid()) return {};
  return fail(Code::kIoError,
              fmt::format("'{}' belongs to another user", base::escape_for_display(shown)));
}

Result<void> check_closed(const struct stat& status, const std::string& shown) {
  if ((status.st_mode & kOthers) == 0) return {};
  return fail(Code::kIoError, fmt::format("'{}' has mode {:04o}, which lets others in",
                                          base::escape_for_display(shown),
                                          static_cast<unsigned>(status.st_mode & 07777U)));
}

// The user's own directory, whoever may enter it.
Result<base::FileDescriptor> open_own_directory(const std::string& path, struct stat& status) {
  base::FileDescriptor directory(
      ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  // A link met with O_DIRECTORY is ENOTDIR, which would pass for a directory that is missing.
  if (!directory.valid() && errno == ENOTDIR) {
    return fail(Code::kIoError,
                fmt::format("'{}' is no directory", base::escape_for_display(path)));
  }
  if (!directory.valid()) return fail(base::system_error(errno, "open", path));
  if (::fstat(directory.get(), &status) != 0) {
    return fail(base::system_error(errno, "inspect", path));
  }
  HALLMARK_TRY(check_owner(status, path));
  return directory;
}

}  // namespace

Result<base::FileDescriptor> open_private_directory(const std::string& path) {
  struct stat status{};
  HALLMARK_ASSIGN_OR_RETURN(base::FileDescriptor directory, open_own_directory(path, status));
  HALLMARK_TRY(check_closed(status, path));
  return directory;
}

Result<bool> make_private_directory(const std::string& path) {
  for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
    const std::string part = path.substr(0, slash);
    if (::mkdir(part.c_str(), 0700) != 0 && errno != EEXIST) {
      return fail(base::system_error(errno, "create", part));
    }
    if (slash == std::string::npos) break;
  }
  struct stat status{};
  HALLMARK_ASSIGN_OR_RETURN(const base::FileDescriptor directory, open_own_directory(path, status));
  if (check_closed(status, path)) return true;
  if (::fchmod(directory.get(), 0700) == 0) return false;
  return fail(base::system_error(errno, "close to others", path));
}

Result<Bytes> read_private_file(const base::FileDescriptor& directory, const std::string& name,
                                std::size_t max_bytes) {
  const base::FileDescriptor file(::openat(
      directory.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!file.valid()) return fail(base::system_error(errno, "open", name));
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) return fail(base::system_error(errno, "inspect", name));
  if (!S_ISREG(status.st_mode)) {
    return fail(Code::kIoError, fmt::format("'{}' is no regular file", name));
  }
  HALLMARK_TRY(check_owner(status, name));
  HALLMARK_TRY(check_closed(status, name));
  if (static_cast<std::uint64_t>(status.st_size) > max_bytes) {
    return fail(Code::kLimitExceeded, fmt::format("'{}' is larger than {} bytes", name, max_bytes));
  }
  Bytes bytes(static_cast<std::size_t>(status.st_size));
  HALLMARK_ASSIGN_OR_RETURN(const std::size_t read, base::read_at(file, 0, bytes, name));
  bytes.resize(read);
  return bytes;
}

}  // namespace hallmark::manifest

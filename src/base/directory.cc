// Access to a tree of files through one open directory.
//
// The problem: between two looks at a path, anyone who may write to the tree can put a symbolic
// link in the place of a directory, and the second look then leads elsewhere. The kernel's openat2
// with RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS resolves a whole path in one step and refuses that.
// Where it is missing (kernels before 5.6, some sandboxes) every component is opened on its own
// with O_NOFOLLOW, each from the one before.

#include "hallmark/base/directory.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include <fmt/core.h>

#include "base/file_status.h"
#include "hallmark/base/utf8.h"

namespace hallmark::base {
namespace {

// O_NONBLOCK so that a pipe put in a file's place cannot hold us up; no effect on regular files.
constexpr int kFileFlags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
constexpr int kDirectoryFlags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_DIRECTORY;

int open_at(int directory, const std::string& path, int flags) {
  open_how how{};
  // Links are refused below, and with ELOOP; O_NOFOLLOW would make that ENOTDIR for a directory.
  how.flags = static_cast<unsigned>(flags & ~O_NOFOLLOW);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  return static_cast<int>(::syscall(SYS_openat2, directory, path.c_str(), &how, sizeof(how)));
}

// The kernel has no openat2, or a sandbox that does not know it forbids it.
bool is_missing(int error_number) { return error_number == ENOSYS || error_number == EPERM; }

// Whether a path is spelled as `Directory` demands. The kernel would stop at a zero byte and open
// something else than what was named.
bool is_plain(std::string_view relative) {
  if (relative.empty()) return true;
  if (relative.find('\0') != std::string_view::npos) return false;
  for (std::string_view rest = relative;;) {
    const std::size_t slash = rest.find('/');
    const std::string_view component = rest.substr(0, slash);
    if (component.empty() || component == "." || component == "..") return false;
    if (slash == std::string_view::npos) return true;
    rest.remove_prefix(slash + 1);
  }
}

Result<void> check_plain(std::string_view relative) {
  if (is_plain(relative)) return {};
  return fail(Code::kUsage,
              fmt::format("'{}' is not a plain relative path", escape_for_display(relative)));
}

FileType type_of(unsigned char kind) {
  switch (kind) {
    case DT_REG:
      return FileType::kRegular;
    case DT_DIR:
      return FileType::kDirectory;
    case DT_LNK:
      return FileType::kSymlink;
    default:
      return FileType::kSpecial;
  }
}

// The absolute path of an open file as the kernel knows it.
Result<std::string> kernel_path(int descriptor, std::string_view shown) {
  const std::string link = fmt::format("/proc/self/fd/{}", descriptor);
  std::string target(4096, '\0');
  const ssize_t length = ::readlink(link.c_str(), target.data(), target.size());
  if (length < 0) return fail(system_error(errno, "find the target of", shown));
  target.resize(static_cast<std::size_t>(length));
  return target;
}

Result<void> check_regular(const FileStatus& status, const std::string& shown) {
  if (status.type == FileType::kRegular) return {};
  if (status.type == FileType::kSymlink) return fail(system_error(ELOOP, "open", shown));
  return fail(Code::kSpecialFile,
              fmt::format("expected a regular file at '{}'", escape_for_display(shown)));
}

tl::unexpected<Error> link_error(int error_number, const std::string& shown) {
  if (error_number == ENOENT || error_number == ENOTDIR) {
    return fail(Code::kSymlinkDangling,
                fmt::format("the link '{}' leads to nothing", escape_for_display(shown)));
  }
  if (error_number == ELOOP) {
    return fail(Code::kSymlinkCycle,
                fmt::format("the link '{}' leads in a circle or over more than 40 links",
                            escape_for_display(shown)));
  }
  return fail(system_error(error_number, "follow", shown));
}

}  // namespace

Result<Directory> Directory::open(const std::string& path) {
  FileDescriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY));
  if (!descriptor.valid()) return fail(named_file_error(errno, path));
  return Directory(std::move(descriptor), path);
}

std::string Directory::shown(std::string_view relative) const {
  if (relative.empty()) return path_;
  return path_.ends_with('/') ? path_ + std::string(relative)
                              : fmt::format("{}/{}", path_, relative);
}

Result<FileDescriptor> Directory::open_beneath(std::string_view relative, int flags) const {
  HALLMARK_TRY(check_plain(relative));
  const std::string path(relative.empty() ? "." : relative);
  if (!component_walk_) {
    FileDescriptor opened(open_at(descriptor_.get(), path, flags));
    if (opened.valid()) return opened;
    if (!is_missing(errno)) return fail(system_error(errno, "open", shown(relative)));
  }
  return walk_beneath(path, flags);
}

Result<FileDescriptor> Directory::walk_beneath(std::string_view relative, int flags) const {
  FileDescriptor parent;
  int at = descriptor_.get();
  std::string_view rest = relative;
  for (;;) {
    const std::size_t slash = rest.find('/');
    const std::string component(rest.substr(0, slash));
    const bool last = slash == std::string_view::npos;
    const int component_flags = last ? flags : O_PATH | O_CLOEXEC | O_NOFOLLOW | O_DIRECTORY;
    FileDescriptor next(::openat(at, component.c_str(), component_flags | O_NOFOLLOW));
    // O_DIRECTORY meets a link with ENOTDIR; say that it was a link, as openat2 does.
    if (!next.valid() && errno == ENOTDIR) {
      struct stat status{};
      const bool link = ::fstatat(at, component.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
                        S_ISLNK(status.st_mode);
      errno = link ? ELOOP : ENOTDIR;
    }
    if (!next.valid()) return fail(system_error(errno, "open", shown(relative)));
    if (last) return next;
    rest.remove_prefix(slash + 1);
    parent = std::move(next);
    at = parent.get();
  }
}

// Looked at before opening, as that alone can set a device in motion and fails for a socket, and
// again afterwards, as something else may stand there by then.
Result<FileDescriptor> Directory::open_file(std::string_view relative) const {
  HALLMARK_ASSIGN_OR_RETURN(const FileStatus before, status(relative));
  HALLMARK_TRY(check_regular(before, shown(relative)));
  HALLMARK_ASSIGN_OR_RETURN(FileDescriptor file, open_beneath(relative, kFileFlags));
  HALLMARK_ASSIGN_OR_RETURN(const FileStatus opened, status_of(file, shown(relative)));
  HALLMARK_TRY(check_regular(opened, shown(relative)));
  return file;
}

Result<OpenedFile> Directory::open_listed_file(std::string_view relative) const {
  HALLMARK_ASSIGN_OR_RETURN(FileDescriptor file, open_beneath(relative, kFileFlags));
  HALLMARK_ASSIGN_OR_RETURN(const FileStatus status, status_of(file, relative));
  HALLMARK_TRY(check_regular(status, std::string(relative)));
  return OpenedFile{std::move(file), status};
}

Result<Directory> Directory::open_directory(std::string_view relative) const {
  HALLMARK_ASSIGN_OR_RETURN(FileDescriptor opened, open_beneath(relative, kDirectoryFlags));
  Directory directory(std::move(opened), shown(relative));
  directory.component_walk_ = component_walk_;
  return directory;
}

Result<FileStatus> Directory::status(std::string_view relative) const {
  HALLMARK_TRY(check_plain(relative));
  const std::size_t slash = relative.rfind('/');
  const std::string_view parent = slash == std::string_view::npos ? "" : relative.substr(0, slash);
  const std::string name(slash == std::string_view::npos ? relative : relative.substr(slash + 1));
  FileDescriptor opened;
  if (!parent.empty()) {
    HALLMARK_ASSIGN_OR_RETURN(opened, open_beneath(parent, O_PATH | O_CLOEXEC | O_DIRECTORY));
  }
  struct stat status{};
  const int at = parent.empty() ? descriptor_.get() : opened.get();
  if (::fstatat(at, name.c_str(), &status, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH) != 0) {
    return fail(system_error(errno, "inspect", shown(relative)));
  }
  return file_status(status);
}

Result<std::vector<DirectoryEntry>> Directory::entries() const {
  HALLMARK_ASSIGN_OR_RETURN(FileDescriptor opened, open_beneath("", kDirectoryFlags));
  struct CloseStream {
    void operator()(DIR* stream) const { ::closedir(stream); }
  };
  const std::unique_ptr<DIR, CloseStream> stream(::fdopendir(opened.get()));
  if (stream == nullptr) return fail(system_error(errno, "list", path_));
  opened.release();  // the stream closes it
  std::vector<DirectoryEntry> entries;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(stream.get());
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    DirectoryEntry& added = entries.emplace_back(std::string(name), type_of(entry->d_type));
    if (entry->d_type != DT_UNKNOWN) continue;
    HALLMARK_ASSIGN_OR_RETURN(const FileStatus found, status(name));
    added.type = found.type;
  }
  if (errno != 0) return fail(system_error(errno, "list", path_));
  return entries;
}

Result<std::string> Directory::resolve_link(std::string_view relative,
                                            const Directory& into) const {
  HALLMARK_TRY(check_plain(relative));
  const std::string path(relative.empty() ? "." : relative);
  // O_PATH finds the target without opening it: no pipe is waited for, no device touched.
  const FileDescriptor target(::openat(descriptor_.get(), path.c_str(), O_PATH | O_CLOEXEC));
  if (!target.valid()) return link_error(errno, shown(relative));
  HALLMARK_ASSIGN_OR_RETURN(std::string root, kernel_path(into.descriptor_.get(), into.path_));
  HALLMARK_ASSIGN_OR_RETURN(const std::string found, kernel_path(target.get(), shown(relative)));
  if (found == root) return std::string();
  if (!root.ends_with('/')) root.push_back('/');
  if (found.starts_with(root)) return found.substr(root.size());
  const std::string where =
      &into == this ? "the model" : fmt::format("'{}'", escape_for_display(into.path_));
  return fail(Code::kSymlinkOutside,
              fmt::format("the link '{}' leads outside {}, to '{}'",
                          escape_for_display(shown(relative)), where, escape_for_display(found)));
}

}  // namespace hallmark::base

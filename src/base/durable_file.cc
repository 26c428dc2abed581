#include "hallmark/base/durable_file.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include <fmt/core.h>

#include "hallmark/base/file.h"
#include "hallmark/base/utf8.h"

namespace hallmark::base {
namespace {

struct SplitPath {
  std::string directory;
  std::string name;
};

Result<SplitPath> split(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  SplitPath parts{".", path};
  if (slash != std::string::npos) {
    parts.directory = slash == 0 ? "/" : path.substr(0, slash);
    parts.name = path.substr(slash + 1);
  }
  if (parts.name.empty() || parts.name == "." || parts.name == "..") {
    return fail(Code::kUsage,
                fmt::format("'{}' is not the name of a file", escape_for_display(path)));
  }
  return parts;
}

// A name that is not longer than the target's may be, with 64 random bits.
Result<std::string> temporary_name() {
  std::uint64_t random = 0;
  if (::getrandom(&random, sizeof(random), 0) != ssize_t{sizeof(random)}) {
    return fail(system_error(errno, "read", "the random source"));
  }
  return fmt::format(".hallmark-{:016x}", random);
}

// A file that exists under a name of its own until it is given the real one, or vanishes.
class TemporaryFile {
 public:
  // The mode is given at creation, where the kernel applies the umask: a program with threads
  // cannot read its umask without changing it for a moment.
  static Result<TemporaryFile> create(const SplitPath& target, unsigned mode,
                                      const std::string& shown) {
    FileDescriptor directory(::open(target.directory.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY));
    if (!directory.valid()) return fail(system_error(errno, "open", target.directory));
    HALLMARK_ASSIGN_OR_RETURN(const std::string name, temporary_name());
    std::string path = fmt::format("{}/{}", target.directory, name);
    FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
    if (!file.valid()) return fail(system_error(errno, "write", shown));
    return TemporaryFile(std::move(directory), std::move(file), std::move(path));
  }

  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  TemporaryFile(TemporaryFile&& other) noexcept
      : directory_(std::move(other.directory_)),
        file_(std::move(other.file_)),
        path_(std::exchange(other.path_, {})) {}
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  TemporaryFile& operator=(TemporaryFile&&) = delete;

  Result<void> write(ByteView contents, const std::string& shown) {
    while (!contents.empty()) {
      const ssize_t n = ::write(file_.get(), contents.data(), contents.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return fail(system_error(errno, "write", shown));
      contents = contents.subspan(static_cast<std::size_t>(n));
    }
    return {};
  }

  Result<void> publish(const std::string& target, Existing existing) {
    if (::fsync(file_.get()) != 0) return fail(system_error(errno, "write", target));
    struct stat status{};
    const bool replaces = existing == Existing::kReplace && ::lstat(target.c_str(), &status) == 0;
    HALLMARK_TRY(give_name(target, existing));
    if (::fsync(directory_.get()) == 0) return {};
    Error error = system_error(errno, "write", target);
    if (replaces) {
      error.message += "; the new file is in place, but may not survive a power cut";
    } else {
      ::unlink(target.c_str());
    }
    return fail(std::move(error));
  }

 private:
  Result<void> give_name(const std::string& target, Existing existing) {
    if (existing == Existing::kRefuse) {
      if (::link(path_.c_str(), target.c_str()) == 0) return {};
      return fail(system_error(errno, "create", target));
    }
    if (::rename(path_.c_str(), target.c_str()) != 0) {
      return fail(system_error(errno, "replace", target));
    }
    path_.clear();
    return {};
  }

  TemporaryFile(FileDescriptor directory, FileDescriptor file, std::string path)
      : directory_(std::move(directory)), file_(std::move(file)), path_(std::move(path)) {}

  FileDescriptor directory_;
  FileDescriptor file_;
  std::string path_;
};

// A device or pipe would be replaced by a file, not written to: surely not what was meant.
Result<void> check_not_special(const std::string& path) {
  struct stat status{};
  if (::lstat(path.c_str(), &status) != 0) return {};
  if (S_ISREG(status.st_mode) || S_ISLNK(status.st_mode) || S_ISDIR(status.st_mode)) return {};
  return fail(Code::kAlreadyExists,
              fmt::format("'{}' exists and is not a regular file", escape_for_display(path)));
}

}  // namespace

Result<void> write_durably(const std::string& path, ByteView contents,
                           const WriteOptions& options) {
  HALLMARK_ASSIGN_OR_RETURN(const SplitPath target, split(path));
  HALLMARK_TRY(check_not_special(path));
  HALLMARK_ASSIGN_OR_RETURN(TemporaryFile file, TemporaryFile::create(target, options.mode, path));
  HALLMARK_TRY(file.write(contents, path));
  return file.publish(path, options.existing);
}

}  // namespace hallmark::base

#include "hallmark/manifest/tree.h"

#include <cerrno>
#include <cstdlib>
#include <memory>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "manifest/file_elsewhere.h"

namespace hallmark::manifest {
namespace {

Result<std::string> real_path_of(const std::string& path) {
  struct Free {
    // NOLINTNEXTLINE(cppcoreguidelines-no-malloc): what realpath gives is freed this way
    void operator()(char* text) const { std::free(text); }
  };
  const std::unique_ptr<char, Free> real(::realpath(path.c_str(), nullptr));
  if (real == nullptr) return fail(base::named_file_error(errno, path).within("model"));
  return std::string(real.get());
}

std::string_view last_component(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

std::string subject_name(const std::string& given, const std::string& real) {
  std::string_view name = last_component(given);
  if (name.empty() || name == "." || name == "..") name = last_component(real);
  return std::string(name.empty() ? "/" : name);
}

// The subject's name is text, whatever the directory is called. A single file's name is a resource
// name as well and stays as it is, to be refused when files are listed.
std::string as_text(const std::string& name) {
  return base::is_utf8(name) ? name : base::escape_for_display(name);
}

}  // namespace

TreeFile::TreeFile(std::string_view name, hash::FileToHash where) : location(std::move(where)) {
  if (name != location.path) other_name = std::make_unique<std::string>(name);
}

std::string TreeFile::take_name() && {
  return other_name ? std::move(*other_name) : std::move(location.path);
}

ModelTree::ModelTree(base::Directory root, std::string given_path, std::string real_path,
                     std::string name, std::optional<std::string> file)
    : root_(std::move(root)),
      given_path_(std::move(given_path)),
      real_path_(std::move(real_path)),
      name_(std::move(name)),
      file_(std::move(file)) {}

Result<ModelTree> ModelTree::open(const std::string& path) {
  HALLMARK_ASSIGN_OR_RETURN(std::string real, real_path_of(path));
  std::string name = subject_name(path, real);
  auto directory = base::Directory::open(real);
  if (directory) {
    return ModelTree(*std::move(directory), path, std::move(real), as_text(name), std::nullopt);
  }
  if (directory.error().code != Code::kNotFound) return fail(std::move(directory.error()));

  // Not a directory: its parent is opened, and the file by name within it.
  const std::size_t slash = real.rfind('/');
  const std::string parent = slash == 0 ? "/" : real.substr(0, slash);
  std::string file = real.substr(slash + 1);
  HALLMARK_ASSIGN_OR_RETURN(base::Directory root, base::Directory::open(parent));
  HALLMARK_ASSIGN_OR_RETURN(const base::FileStatus status, root.status(file));
  if (status.type != base::FileType::kRegular) {
    return fail(Code::kSpecialFile, fmt::format("expected a directory or regular file at '{}'",
                                                base::escape_for_display(path)));
  }
  return ModelTree(std::move(root), path, std::move(real), std::move(name), std::move(file));
}

// Of a single file it is known by itself whether it is the one that was opened.
Result<void> ModelTree::check_in_place() const {
  HALLMARK_ASSIGN_OR_RETURN(const base::FileStatus opened, root_.status(""));
  const auto now = open(given_path_);
  const auto status = now ? now->root_.status("") : Result<base::FileStatus>(fail(now.error()));
  if (status && now->file_ == file_ && status->device == opened.device &&
      status->inode == opened.inode) {
    return {};
  }
  return fail(Code::kFileChanged, fmt::format("the model at '{}' was replaced while it was read",
                                              base::escape_for_display(given_path_)));
}

Result<std::optional<TreeFile>> find_file(const ModelTree& tree, std::string_view name,
                                          const WalkOptions& options) {
  if (tree.is_single_file() && name != tree.name()) return std::nullopt;
  std::string path(tree.is_single_file() ? *tree.file() : name);
  if (options.links_into != nullptr && !tree.is_single_file()) {
    HALLMARK_ASSIGN_OR_RETURN(std::optional<TreeFile> file,
                              file_elsewhere(tree, name, path, options));
    if (file) return file;
  }
  if (options.allow_symlinks && !tree.is_single_file()) {
    auto resolved = tree.root().resolve_link(path);
    if (!resolved && resolved.error().code == Code::kSymlinkDangling) return std::nullopt;
    if (!resolved) return fail(std::move(resolved.error()));
    path = *std::move(resolved);
  }
  auto status = tree.root().status(path);
  if (!status && status.error().code == Code::kNotFound) return std::nullopt;
  if (!status) return fail(std::move(status.error()));
  switch (status->type) {
    case base::FileType::kRegular:
      return TreeFile(name, {std::move(path), *status});
    case base::FileType::kDirectory:
      return std::nullopt;
    case base::FileType::kSymlink:
      return fail(Code::kSymlinkRefused,
                  fmt::format("'{}' is a symbolic link", base::escape_for_display(name)));
    case base::FileType::kSpecial:
      break;
  }
  return fail(Code::kSpecialFile, fmt::format("'{}' is neither a file nor a directory",
                                              base::escape_for_display(name)));
}

}  // namespace hallmark::manifest

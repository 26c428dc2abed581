#include "testing/temporary_directory.h"

#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include <gtest/gtest.h>

namespace hallmark::testing {
namespace {

namespace fs = std::filesystem;

// A directory that its owner may not write to keeps its entries; it is opened up on the way down.
void make_writable(const fs::path& directory) {
  std::error_code error;
  fs::permissions(directory, fs::perms::owner_all, fs::perm_options::add, error);
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    if (entry.is_directory(error) && !entry.is_symlink(error)) make_writable(entry.path());
  }
}

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
  const char* root = std::getenv("TMPDIR");
  path_ = root == nullptr || *root == '\0' ? "/tmp" : root;
  while (path_.size() > 1 && path_.ends_with('/')) path_.pop_back();
  path_ += "/hallmark-test-XXXXXX";
  if (::mkdtemp(path_.data()) == nullptr) {
    ADD_FAILURE() << "cannot create '" << path_ << "': " << std::strerror(errno);
  }
}

TemporaryDirectory::~TemporaryDirectory() {
  make_writable(path_);
  std::error_code error;
  fs::remove_all(path_, error);
  if (error) ADD_FAILURE() << "cannot remove '" << path_ << "': " << error.message();
}

std::string TemporaryDirectory::path(std::string_view name) const {
  return name.empty() ? path_ : path_ + "/" + std::string(name);
}

void TemporaryDirectory::write(std::string_view name, std::string_view contents) const {
  std::error_code error;
  fs::create_directories(fs::path(path(name)).parent_path(), error);
  std::ofstream file(path(name), std::ios::binary | std::ios::trunc);
  file.write(contents.data(), static_cast<std::streamsize>(contents.size()));
  if (!file.flush()) ADD_FAILURE() << "cannot write '" << path(name) << "'";
}

std::string TemporaryDirectory::read(std::string_view name) const {
  std::ifstream file(path(name), std::ios::binary);
  if (!file) ADD_FAILURE() << "cannot read '" << path(name) << "'";
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

bool TemporaryDirectory::exists(std::string_view name) const {
  struct stat status{};
  return ::lstat(path(name).c_str(), &status) == 0;
}

std::vector<std::string> TemporaryDirectory::list(std::string_view name) const {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path(name), error)) {
    names.push_back(entry.path().filename().string());
  }
  if (error) ADD_FAILURE() << "cannot list '" << path(name) << "': " << error.message();
  std::sort(names.begin(), names.end());
  return names;
}

bool TemporaryDirectory::is_in_memory() const {
  struct statfs system{};
  if (::statfs(path_.c_str(), &system) != 0) {
    ADD_FAILURE() << "cannot inspect '" << path_ << "': " << std::strerror(errno);
  }
  return static_cast<std::uint64_t>(system.f_type) == TMPFS_MAGIC;
}

void TemporaryDirectory::make_directory(std::string_view name) const {
  std::error_code error;
  fs::create_directories(path(name), error);
  if (error) ADD_FAILURE() << "cannot create '" << path(name) << "': " << error.message();
}

void TemporaryDirectory::make_link(const std::string& target, std::string_view name) const {
  std::error_code error;
  fs::create_symlink(target, path(name), error);
  if (error) ADD_FAILURE() << "cannot link '" << path(name) << "': " << error.message();
}

void TemporaryDirectory::make_pipe(std::string_view name) const {
  if (::mkfifo(path(name).c_str(), 0600) != 0) {
    ADD_FAILURE() << "cannot create '" << path(name) << "': " << std::strerror(errno);
  }
}

}  // namespace hallmark::testing

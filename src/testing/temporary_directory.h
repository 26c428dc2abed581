#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hallmark::testing {

/// A directory of its own for one test, beneath TMPDIR, removed with all that is in it, also what
/// was made read-only. Names are relative to it. What goes wrong fails the running test.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();

  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  /// Absolute, without a slash at the end.
  [[nodiscard]] const std::string& path() const { return path_; }
  /// The absolute path of `name`, which need not exist.
  [[nodiscard]] std::string path(std::string_view name) const;

  /// Creates or replaces a file, and the directories that lead to it.
  void write(std::string_view name, std::string_view contents) const;
  /// The contents of a file; the empty text, and a failed test, when it cannot be read.
  [[nodiscard]] std::string read(std::string_view name) const;
  /// Whether anything has this name, be it a link that leads nowhere.
  [[nodiscard]] bool exists(std::string_view name) const;
  /// The names in a directory, sorted.
  [[nodiscard]] std::vector<std::string> list(std::string_view name = "") const;

  /// Whether it is on tmpfs, where a write to a mapped file leaves no trace.
  [[nodiscard]] bool is_in_memory() const;

  /// Creates a directory and those that lead to it.
  void make_directory(std::string_view name) const;
  /// Creates a symbolic link; `target` is taken as it is.
  void make_link(const std::string& target, std::string_view name) const;
  /// Creates a named pipe.
  void make_pipe(std::string_view name) const;

 private:
  std::string path_;
};

}  // namespace hallmark::testing

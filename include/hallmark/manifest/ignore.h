#pragma once

#include <array>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "hallmark/base/result.h"

namespace hallmark::manifest {

/// What git keeps at the root of a repository; ignored at the root of a model by default.
inline constexpr std::array<std::string_view, 4> kGitPaths = {".git", ".gitattributes", ".github",
                                                              ".gitignore"};

/// Paths below a model's root that are left out, each with everything beneath it. Plain paths: no
/// patterns, compared component by component.
class IgnoreRules {
 public:
  /// Adds a path relative to the root; it must pass `check_resource_name`.
  void add(std::string path) { paths_.insert(std::move(path)); }

  /// Adds the path of a file that is left out alone: a directory that is in its place is not.
  void add_file(std::string path) { files_.insert(std::move(path)); }

  /// Adds the four names of `kGitPaths`.
  void add_git_paths();

  /// Whether the path or a directory above it was added.
  [[nodiscard]] bool covers(std::string_view path) const;

  /// Whether the path was added as that of a file.
  [[nodiscard]] bool names_file(std::string_view path) const { return files_.contains(path); }

  /// Whether a path beneath this one was added.
  [[nodiscard]] bool leads_to(std::string_view path) const;

  using Paths = std::set<std::string, std::less<>>;

  /// The paths that are left out with all that is beneath them.
  [[nodiscard]] const Paths& paths() const { return paths_; }

  /// All paths as they are recorded in a signature.
  [[nodiscard]] Paths recorded() const;

 private:
  Paths paths_;
  Paths files_;
};

/// Where the file is that the user gave (absolute, or relative to the current directory; a final
/// link not followed), as a path relative to the model whose real path is `model`. Fails with
/// kPathOutsideModel when it is not beneath the model, the model itself included.
Result<std::string> resolve_in_model(const std::string& model, const std::string& path);

/// The name that such a path has in the model: links that lead to the model are followed, and none
/// within it, so that nobody who can make links there can make it another name. Fails likewise, and
/// with kUsage where ".." stands after a link within it.
Result<std::string> name_in_model(const std::string& model, const std::string& path);

}  // namespace hallmark::manifest

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

  /// Adds the four names of `kGitPaths`.
  void add_git_paths();

  /// Whether the path or a directory above it was added.
  [[nodiscard]] bool covers(std::string_view path) const;

  /// Whether a path beneath this one was added.
  [[nodiscard]] bool leads_to(std::string_view path) const;

  /// The paths, sorted, as they are recorded in a signature.
  [[nodiscard]] const std::set<std::string, std::less<>>& paths() const { return paths_; }

 private:
  std::set<std::string, std::less<>> paths_;
};

/// Where the file is that the user gave (absolute, or relative to the current directory; a final
/// link not followed), as a path relative to the model whose real path is `model`. Fails with
/// kPathOutsideModel when it is not beneath the model, the model itself included.
Result<std::string> resolve_in_model(const std::string& model, const std::string& path);

/// The name that such a path has in the model: links that lead to the model are followed, and none
/// within it, so that nobody who can make links there can make it another name. Fails likewise.
Result<std::string> name_in_model(const std::string& model, const std::string& path);

}  // namespace hallmark::manifest

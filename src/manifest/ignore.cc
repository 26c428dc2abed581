#include "hallmark/manifest/ignore.h"

#include <filesystem>
#include <optional>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"

namespace hallmark::manifest {
namespace {

namespace fs = std::filesystem;

// The path without links but for a last one, and without "." and ".." components. Parts that do not
// exist stay as they are.
Result<fs::path> real_location(const std::string& path) {
  if (path.empty()) return fail(Code::kUsage, "expected a path, found an empty one");
  std::error_code error;
  fs::path full = fs::absolute(path, error);
  if (!full.has_filename() && full.has_relative_path()) full = full.parent_path();  // "dir/"
  const fs::path last = full.filename();
  const bool names_something = !last.empty() && last != "." && last != "..";
  const fs::path resolved = names_something ? full.parent_path() : full;
  fs::path real = error ? fs::path() : fs::weakly_canonical(resolved, error);
  if (error) {
    return fail(Code::kIoError, fmt::format("cannot resolve '{}': {}",
                                            base::escape_for_display(path), error.message()));
  }
  return names_something ? real / last : real;
}

tl::unexpected<Error> outside(const std::string& model, const std::string& path) {
  return fail(Code::kPathOutsideModel,
              fmt::format("'{}' is not inside the model '{}'", base::escape_for_display(path),
                          base::escape_for_display(model)));
}

// Where a directory on the way is in the model, "." for the model itself; nothing outside.
std::optional<fs::path> place_in_model(const fs::path& directory, const std::string& model) {
  std::error_code error;
  fs::path place = fs::canonical(directory, error).lexically_relative(model);
  if (error || place.empty() || *place.begin() == "..") return std::nullopt;
  return place;
}

// A path from the model on as a name in it; nothing when it leads to the model itself or out again.
std::optional<std::string> name_of(const fs::path& path) {
  std::string name = path.lexically_normal().string();
  while (name.ends_with('/')) name.pop_back();
  if (name == "." || name == ".." || name.starts_with("../")) return std::nullopt;
  return name;
}

// Whether the kernel would read ".." after a link in `rest` otherwise than `name_of` does: as the
// parent of where the link leads.
bool goes_up_from_link(const fs::path& directory, const fs::path& rest) {
  std::error_code unknown;  // then there is no link
  fs::path at = fs::canonical(directory, unknown);
  for (const fs::path& part : rest) {
    if (part == ".") continue;
    if (part == ".." && fs::is_symlink(at, unknown)) return true;
    at = part == ".." ? at.parent_path() : at / part;
  }
  return false;
}

}  // namespace

void IgnoreRules::add_git_paths() {
  for (const std::string_view path : kGitPaths) paths_.emplace(path);
}

bool IgnoreRules::covers(std::string_view path) const {
  if (paths_.empty()) return false;
  for (std::size_t end = path.find('/'); end != std::string_view::npos;
       end = path.find('/', end + 1)) {
    if (paths_.contains(path.substr(0, end))) return true;
  }
  return paths_.contains(path);
}

IgnoreRules::Paths IgnoreRules::recorded() const {
  Paths all = paths_;
  all.insert(files_.begin(), files_.end());
  return all;
}

bool IgnoreRules::leads_to(std::string_view path) const {
  const std::string beneath = std::string(path) + "/";
  const auto first = paths_.lower_bound(beneath);
  return first != paths_.end() && first->starts_with(beneath);
}

Result<std::string> resolve_in_model(const std::string& model, const std::string& path) {
  HALLMARK_ASSIGN_OR_RETURN(const fs::path real, real_location(path));
  const std::string text = real.string();
  const std::string root = model.ends_with('/') ? model : model + "/";
  if (text.size() > root.size() && text.starts_with(root)) return text.substr(root.size());
  return outside(model, path);
}

Result<std::string> name_in_model(const std::string& model, const std::string& path) {
  std::error_code error;
  const fs::path full = fs::absolute(path, error);
  if (path.empty() || error) return fail(Code::kUsage, "expected a path, found an empty one");
  fs::path directory;
  for (auto part = full.begin(); part != full.end(); ++part) {
    fs::path rest;
    for (auto next = part; next != full.end(); ++next) rest /= *next;
    const auto place = directory.empty() ? std::nullopt : place_in_model(directory, model);
    if (place) {
      if (goes_up_from_link(directory, rest)) {
        return fail(Code::kUsage,
                    fmt::format("'{}' goes up from a symbolic link; give it without '..'",
                                base::escape_for_display(path)));
      }
      if (auto name = name_of(*place / rest)) return *std::move(name);
    }
    directory /= *part;
  }
  return outside(model, path);
}

}  // namespace hallmark::manifest

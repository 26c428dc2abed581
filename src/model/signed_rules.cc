#include "model/signed_rules.h"

#include <algorithm>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/manifest/name.h"

namespace hallmark::model {
namespace {

// The ignored paths that the signer recorded. Entries that are no path beneath a root (the Go
// client once wrote paths relative to where it ran) match nothing.
void add_recorded(const manifest::Manifest& manifest, manifest::IgnoreRules& rules,
                  base::LogSink& log) {
  for (std::string path : manifest.ignore_paths) {
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    if (manifest::check_resource_name(path)) {
      rules.add(std::move(path));
    } else {
      log.log(base::LogLevel::kWarning, fmt::format("the signed ignored path '{}' matches nothing",
                                                    base::escape_for_display(path)));
    }
  }
}

// Whoever signed files under git's names had turned the default off; that is not recorded, so it is
// read from the list of files.
bool signs_git_paths(const manifest::Manifest& manifest) {
  manifest::IgnoreRules git;
  git.add_git_paths();
  return std::any_of(manifest.resources.begin(), manifest.resources.end(),
                     [&](const manifest::Resource& r) { return git.covers(r.name); });
}

}  // namespace

void ignore_as_signed(const manifest::Manifest& manifest, const FileOptions& files,
                      manifest::IgnoreRules& ignored, base::LogSink& log) {
  add_recorded(manifest, ignored, log);
  if (files.ignore_git_paths && !signs_git_paths(manifest)) ignored.add_git_paths();
}

}  // namespace hallmark::model

#include "cli/model_signing/files.h"

#include <filesystem>
#include <optional>
#include <system_error>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/manifest/ignore.h"

namespace hallmark::cli::model_signing {
namespace {

namespace fs = std::filesystem;

// The path without links, as far as it exists. What stands in the way shows when it is opened.
fs::path without_links(const fs::path& path) {
  std::error_code error;
  fs::path real = fs::weakly_canonical(fs::absolute(path, error), error);
  if (error) return path;
  return real.has_filename() || !real.has_relative_path() ? real : real.parent_path();
}

// The path as the model layer takes it; nothing when it names nothing inside the model. A link
// inside the model stands for itself, one outside for its target.
Result<std::optional<std::string>> inside(const fs::path& model, const std::string& path,
                                          base::LogSink& log) {
  const fs::path target = without_links(path);
  for (const std::string& candidate : {path, target.string()}) {
    const auto found = manifest::resolve_in_model(model.string(), candidate);
    if (found) return candidate;
    if (found.error().code != Code::kPathOutsideModel) return fail(Error(found.error()));
  }
  if (target == model) {
    return fail(Code::kUsage, fmt::format("--ignore-paths '{}' is the whole model",
                                          base::escape_for_display(path)));
  }
  log.log(base::LogLevel::kWarning,
          fmt::format("--ignore-paths '{}' is not inside the model and ignores nothing; paths are "
                      "given from the current directory",
                      base::escape_for_display(path)));
  return std::nullopt;
}

}  // namespace

Result<model::FileOptions> choose_files(const Invocation& call, base::LogSink& log) {
  model::FileOptions files;
  files.ignore_git_paths = call.options.is_on("--ignore-git-paths", /*otherwise=*/true);
  files.allow_symlinks = call.options.is_on("--allow-symlinks", /*otherwise=*/false);
  const fs::path model = without_links(call.model);
  for (const std::string& path : call.options.values("--ignore-paths")) {
    // To the reference nothing is the current directory: scripts pass variables that may be empty.
    const std::string named = path.empty() ? "." : path;
    HALLMARK_ASSIGN_OR_RETURN(std::optional<std::string> ignored, inside(model, named, log));
    if (ignored) files.ignore_paths.push_back(*std::move(ignored));
  }
  return files;
}

}  // namespace hallmark::cli::model_signing

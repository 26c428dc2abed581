#include "hallmark/model/diff.h"

#include <filesystem>
#include <optional>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/manifest/measure.h"
#include "hallmark/model/inspect.h"
#include "model/bundle_file.h"
#include "model/cached_measuring.h"
#include "model/file_choice.h"
#include "model/signed_rules.h"

namespace hallmark::model {
namespace {

// The files of one side.
struct Files {
  std::vector<manifest::Resource> resources;
  std::vector<std::string> without_shard;
  std::uint64_t not_read = 0;
};

// Nothing when the path is a model. One that is meant as a signature must be one.
Result<std::optional<manifest::Manifest>> read_signature(const std::string& path) {
  std::error_code unknown;
  if (!std::filesystem::is_regular_file(path, unknown)) return std::nullopt;
  const auto text = read_bundle_file(path);
  if (!text && text.error().code == Code::kLimitExceeded) return std::nullopt;
  if (!text) return fail(text.error());
  if (!looks_like_bundle(*text)) return std::nullopt;
  return inspect_signature(path).map(
      [](UnverifiedContents&& contents) { return std::move(contents.statement.manifest); });
}

Result<void> check_alike(const manifest::Manifest& before, const manifest::Manifest& after) {
  if (before.algorithm == after.algorithm && before.shard_size == after.shard_size) return {};
  return fail(Code::kUnsupported,
              fmt::format("digests of different kinds cannot be compared: {} with shards of {} "
                          "bytes, and {} with shards of {} bytes (0: whole files)",
                          hash::to_string(before.algorithm), before.shard_size,
                          hash::to_string(after.algorithm), after.shard_size));
}

// The reference calls a model that is a single file so.
bool names_lone_dot(const manifest::Manifest& manifest) {
  return !manifest.resources.empty() && manifest.resources.front().name == ".";
}

class Differ {
 public:
  Differ(const DiffRequest& request, const Context& context)
      : request_(request), context_(context) {}

  Result<DiffReport> run() {
    HALLMARK_ASSIGN_OR_RETURN(auto before, read_signature(request_.before));
    HALLMARK_ASSIGN_OR_RETURN(auto after, read_signature(request_.after));
    if (before && after) HALLMARK_TRY(check_alike(*before, *after));
    if (before || after) rules_ = before ? *before : *after;
    HALLMARK_ASSIGN_OR_RETURN(const Files old,
                              files_of(request_.before, std::move(before), report_.before));
    HALLMARK_ASSIGN_OR_RETURN(const Files now,
                              files_of(request_.after, std::move(after), report_.after));
    return compare(old, now);
  }

 private:
  Result<Files> files_of(const std::string& path, std::optional<manifest::Manifest> signature,
                         DiffSide& side) {
    side.is_signature = signature.has_value();
    if (!signature) return measure(path, side);
    side.files = manifest::count_files(signature->resources);
    return Files{std::move(signature->resources), {}, 0};
  }

  Result<Files> measure(const std::string& path, DiffSide& side) {
    HALLMARK_ASSIGN_OR_RETURN(const manifest::ModelTree tree, manifest::ModelTree::open(path));
    HALLMARK_ASSIGN_OR_RETURN(const manifest::MeasureOptions chosen, choose(tree));
    HALLMARK_ASSIGN_OR_RETURN(
        manifest::Measured found,
        measure_cached(tree, request_.files, chosen, context_, [&](const auto& with) {
          return manifest::measure_model(tree, with, context_.progress, context_.cancellation);
        }));
    side.files = manifest::count_files(found.resources);
    if (tree.is_single_file() && names_lone_dot(rules_)) {
      for (manifest::Resource& resource : found.resources) resource.name = ".";
    }
    return Files{std::move(found.resources), std::move(found.files_without_shard),
                 found.files_not_read};
  }

  Result<manifest::MeasureOptions> choose(const manifest::ModelTree& tree) {
    const std::vector<std::string> paths = {request_.before, request_.after};
    HALLMARK_ASSIGN_OR_RETURN(manifest::MeasureOptions chosen,
                              choose_files(tree, request_.files, paths, context_.log));
    choose_hashing({rules_.algorithm, rules_.shard_size}, chosen);
    chosen.walk.allow_symlinks = chosen.walk.allow_symlinks || rules_.allow_symlinks;
    ignore_as_signed(rules_, request_.files, chosen.ignored, context_.log);
    return chosen;
  }

  DiffReport compare(const Files& before, const Files& after) {
    report_.hashing = {rules_.algorithm, rules_.shard_size};
    report_.differences = manifest::compare(before.resources, after.resources, after.without_shard);
    report_.files_not_read = before.not_read + after.not_read;
    return std::move(report_);
  }

  const DiffRequest& request_;
  const Context& context_;
  manifest::Manifest rules_;  // of a signature, if there is one: how models are read
  DiffReport report_;
};

}  // namespace

Result<DiffReport> diff_models(const DiffRequest& request, const Context& context) {
  return Differ(request, context).run();
}

}  // namespace hallmark::model

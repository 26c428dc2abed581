#include "hallmark/model/verify.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/manifest/archive_measure.h"
#include "model/archive_choice.h"
#include "model/cached_measuring.h"
#include "model/file_check.h"
#include "model/file_choice.h"
#include "model/lfs_pointer.h"
#include "model/link_target.h"
#include "model/scope.h"
#include "model/signature_check.h"
#include "model/signed_rules.h"

namespace hallmark::model {
namespace {

// OMS v1.0 names a single file and the model that it is alike, and so could a directory be named.
bool may_be_single_file(const attest::ModelStatement& statement) {
  const auto& resources = statement.manifest.resources;
  return resources.size() == 1 && resources.front().name == statement.subject;
}

// Files without shards that nobody signed. Where one was signed it had contents, and has changed.
std::vector<std::string> unsigned_among(const std::vector<std::string>& without_shard,
                                        const std::vector<manifest::Resource>& expected) {
  if (without_shard.empty()) return {};
  std::set<std::string_view> names;
  for (const manifest::Resource& resource : expected) names.insert(resource.name);
  std::vector<std::string> unsigned_files;
  std::copy_if(without_shard.begin(), without_shard.end(), std::back_inserter(unsigned_files),
               [&](const std::string& name) { return !names.contains(name); });
  return unsigned_files;
}

Error differs(const std::vector<manifest::Difference>& differences) {
  const std::size_t count = differences.size();
  return Error{Code::kModelDiffers, fmt::format("the model differs from what was signed in {} {}",
                                                count, count == 1 ? "file" : "files")};
}

class FileChecker {
 public:
  FileChecker(const FileCheck& check, const Context& context, VerifyReport& report)
      : check_(check), context_(context), report_(report) {}

  Result<void> run(const manifest::ModelTree& tree, manifest::MeasureOptions chosen,
                   attest::VerifiedStatement verified) {
    const attest::ModelStatement& statement = verified.statement();
    report_.signer = verified.signer();
    report_.subject = statement.subject;
    report_.digest = manifest::root_digest(statement.manifest.resources);
    report_.files = manifest::count_files(statement.manifest.resources);
    HALLMARK_TRY(check_root_digest(check_.scope, *report_.digest));
    apply(statement.manifest, chosen);
    if (const auto form = archive_with_members(tree, statement.manifest.resources)) {
      return compare_members(tree, *form, std::move(verified).take_statement().manifest.resources,
                             chosen);
    }
    HALLMARK_TRY(follow_links_elsewhere(tree, chosen));
    note_what_is_ignored(tree, chosen.ignored);
    report_.directory_for_file = !tree.is_single_file() && may_be_single_file(statement);
    std::vector<manifest::Resource> expected =
        resources_for(std::move(verified).take_statement().manifest.resources, tree);
    HALLMARK_TRY(choose_part(tree, expected, chosen));
    narrow_to(chosen.walk.only, expected);
    return compare_files(tree, expected, chosen);
  }

 private:
  void apply(const manifest::Manifest& manifest, manifest::MeasureOptions& chosen) {
    report_.hashing = {manifest.algorithm, manifest.shard_size};
    choose_hashing(report_.hashing, chosen);
    report_.symlinks_allowed_by_caller = chosen.walk.allow_symlinks && !manifest.allow_symlinks;
    chosen.walk.allow_symlinks = chosen.walk.allow_symlinks || manifest.allow_symlinks;
    report_.ignore_paths = manifest.ignore_paths;
    ignore_as_signed(manifest, check_.files, chosen.ignored, context_.log);
  }

  Result<void> follow_links_elsewhere(const manifest::ModelTree& tree,
                                      manifest::MeasureOptions& chosen) {
    HALLMARK_ASSIGN_OR_RETURN(chosen.walk.links_into, link_target(tree, check_.scope.links_into));
    if (chosen.walk.links_into != nullptr) report_.links_into = chosen.walk.links_into->path();
    return {};
  }

  void note_what_is_ignored(const manifest::ModelTree& tree, const manifest::IgnoreRules& ignored) {
    if (tree.is_single_file()) return;
    std::set<std::string> signatures;
    for (const std::string& path : check_.signatures) {
      if (auto inside = manifest::resolve_in_model(tree.real_path(), path)) {
        signatures.insert(*std::move(inside));
      }
    }
    for (const std::string& path : ignored.paths()) {
      if (!tree.root().status(path)) continue;
      std::error_code unknown;  // then there is none
      const bool is_directory =
          std::filesystem::is_directory(fmt::format("{}/{}", tree.real_path(), path), unknown);
      const bool is_signature = signatures.contains(path) && !is_directory;
      if (!is_signature) report_.ignored_present.push_back(path);
    }
  }

  Result<void> choose_part(const manifest::ModelTree& tree,
                           std::span<const manifest::Resource> signed_resources,
                           manifest::MeasureOptions& chosen) {
    HALLMARK_ASSIGN_OR_RETURN(chosen.walk.only,
                              paths_asked_for(tree, check_.scope, signed_resources));
    report_.partial = chosen.walk.only.has_value();
    return {};
  }

  void narrow_to(const std::optional<manifest::IgnoreRules>& only,
                 std::vector<manifest::Resource>& expected) {
    if (only) std::erase_if(expected, [&](const auto& r) { return !only->covers(r.name); });
    report_.files_checked = manifest::count_files(expected);
  }

  Result<void> compare_files(const manifest::ModelTree& tree,
                             const std::vector<manifest::Resource>& expected,
                             const manifest::MeasureOptions& chosen) {
    HALLMARK_ASSIGN_OR_RETURN(
        const manifest::Measured found,
        measure_cached(tree, check_.files, chosen, context_,
                       [&](const auto& with) { return measure(tree, expected, with); }));
    report_.files_not_read = found.files_not_read;
    auto compared = compare_with(expected, found);
    if (!compared) report_.lfs_pointers = pointers_among(report_.differences, tree);
    return compared;
  }

  Result<void> compare_members(const manifest::ModelTree& tree, manifest::ArchiveForm form,
                               std::vector<manifest::Resource> expected,
                               manifest::MeasureOptions chosen) {
    HALLMARK_TRY(choose_part(tree, expected, chosen));
    report_.archive = ArchiveReport{form, std::nullopt};
    HALLMARK_ASSIGN_OR_RETURN(const base::FileStatus listed, tree.root().status(*tree.file()));
    if (check_.remembered != nullptr) {
      check_.remembered->note(manifest::TreeFile(tree.name(), {*tree.file(), listed}));
      HALLMARK_TRY(check_unchanged());
    }
    HALLMARK_ASSIGN_OR_RETURN(manifest::MeasuredArchive found,
                              manifest::measure_archive({tree, listed, form, check_.archive_limits},
                                                        expected, check_.unsigned_files, chosen,
                                                        context_.progress, context_.cancellation));
    report_.archive->folder = std::move(found.folder);
    report_.ignored_present = std::move(found.ignored_present);
    narrow_to(chosen.walk.only, expected);
    return compare_with(expected, found.measured);
  }

  Result<void> compare_with(const std::vector<manifest::Resource>& expected,
                            const manifest::Measured& found) {
    report_.files_without_shard = unsigned_among(found.files_without_shard, expected);
    report_.differences = manifest::compare(expected, found.resources, found.files_without_shard);
    if (report_.differences.empty()) return {};
    return fail(differs(report_.differences));
  }

  Result<manifest::Measured> measure(const manifest::ModelTree& tree,
                                     std::span<const manifest::Resource> expected,
                                     manifest::MeasureOptions options) {
    manifest::RememberedDigests* remembered = check_.remembered;
    if (remembered != nullptr) {
      remembered->begin(options.known);
      options.known = remembered;
    }
    auto measured = manifest::measure_signed(tree, expected, check_.unsigned_files, options,
                                             context_.progress, context_.cancellation);
    if (remembered == nullptr || !measured) return measured;
    measured->files_not_read = remembered->files_never_read();
    HALLMARK_TRY(check_unchanged());
    return measured;
  }

  // Between the signatures of a model.
  Result<void> check_unchanged() {
    const std::optional<std::string>& changed = check_.remembered->changed_file();
    if (!changed) return {};
    return fail(Code::kFileChanged,
                fmt::format("'{}' changed after it was read for another signature",
                            base::escape_for_display(*changed)));
  }

  const FileCheck& check_;
  const Context& context_;
  VerifyReport& report_;
};

Result<void> judge(const VerifyRequest& request, const Context& context, VerifyReport& report) {
  const std::span<const std::string> signatures(&request.signature, 1);
  HALLMARK_ASSIGN_OR_RETURN(const manifest::ModelTree tree,
                            manifest::ModelTree::open(request.model));
  HALLMARK_ASSIGN_OR_RETURN(manifest::MeasureOptions chosen,
                            choose_files(tree, request.files, signatures, context.log));
  HALLMARK_ASSIGN_OR_RETURN(attest::VerifiedStatement verified,
                            verify_signature(request.signature, request.expected_signer, context));
  const FileCheck check{request.files, request.scope, request.unsigned_files,
                        signatures,    nullptr,       request.archive_limits};
  return check_files(tree, std::move(chosen), std::move(verified), check, context, report);
}

}  // namespace

Result<void> check_files(const manifest::ModelTree& tree, manifest::MeasureOptions chosen,
                         attest::VerifiedStatement verified, const FileCheck& check,
                         const Context& context, VerifyReport& report) {
  return FileChecker(check, context, report).run(tree, std::move(chosen), std::move(verified));
}

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::kVerified:
      return "verified";
    case Verdict::kRejected:
      return "rejected";
    case Verdict::kUndecided:
      return "undecided";
  }
  HALLMARK_CHECK(false);
  return {};
}

Verdict VerifyReport::verdict() const {
  if (!problem) return Verdict::kVerified;
  return failure_of(problem->code) == Failure::kRejected ? Verdict::kRejected : Verdict::kUndecided;
}

VerifyReport verify_model(const VerifyRequest& request, const Context& context) {
  VerifyReport report;
  auto judged = judge(request, context, report);
  if (judged) {
    report.problem.reset();
  } else {
    report.problem = std::move(judged.error());
  }
  return report;
}

}  // namespace hallmark::model

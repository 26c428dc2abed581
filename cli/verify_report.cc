#include "cli/verify_report.h"

#include <fmt/core.h>

#include "cli/archive_option.h"
#include "cli/command.h"
#include "cli/hashing_options.h"
#include "cli/report.h"
#include "hallmark/base/utf8.h"

namespace hallmark::cli {

using base::escape_for_display;
using base::JsonValue;

namespace {

JsonValue pointers_as_json(const std::vector<model::PointerInstead>& pointers) {
  base::JsonArray array;
  for (const model::PointerInstead& pointer : pointers) {
    array.emplace_back(base::JsonObject{{"path", pointer.path},
                                        {"to_what_was_signed", pointer.to_what_was_signed}});
  }
  return array;
}

std::string pointers_as_text(const std::vector<model::PointerInstead>& pointers) {
  std::string text;
  for (const model::PointerInstead& pointer : pointers) {
    text += fmt::format("note      '{}' is a git-lfs pointer, not the file: 'git lfs pull' {}\n",
                        escape_for_display(pointer.path),
                        pointer.to_what_was_signed ? "fetches what was signed"
                                                   : "fetches something else than was signed");
  }
  return text;
}

}  // namespace

base::JsonObject verified_as_members(const model::VerifyReport& verified, Viewed viewed) {
  const bool known = verified.signer.has_value();
  const auto when_known = [known](base::JsonValue value) {
    return known ? std::move(value) : base::JsonValue(nullptr);
  };
  base::JsonObject members = {
      {"subject", when_known(verified.subject)},
      {"digest", known ? base::JsonValue(verified.digest->to_string()) : nullptr},
      {"files", when_known(verified.files)},
      {"partial", verified.partial},
      {"files_checked", when_known(verified.files_checked)},
  };
  append(members, known ? hashing_as_members(verified.hashing) : unknown_hashing());
  append(members,
         {
             {"signer", known ? signer_as_json(*verified.signer) : nullptr},
             {"ignore_paths", when_known(texts_as_json(verified.ignore_paths))},
             {"ignored_present", texts_as_json(verified.ignored_present)},
             {"directory_for_file", verified.directory_for_file},
             {"symlinks_allowed_by_caller", verified.symlinks_allowed_by_caller},
             {"links_into", verified.links_into ? JsonValue(*verified.links_into) : nullptr},
             {"unsigned_files_ignored", viewed.unsigned_files_ignored},
             {"files_without_shard", texts_as_json(verified.files_without_shard)},
             {"files_not_read", verified.files_not_read},
             {"archive", archive_as_json(verified.archive)},
             {"differences", differences_as_json(verified.differences)},
             {"lfs_pointers", pointers_as_json(verified.lfs_pointers)},
         });
  return members;
}

std::string model_as_text(const model::VerifyReport& verified) {
  const std::string part =
      verified.partial ? fmt::format("{} of ", verified.files_checked) : std::string();
  return fmt::format("{}{} ({}{} {}, {})", verified.partial ? "a part of " : "",
                     escape_for_display(verified.subject), part, verified.files,
                     verified.files == 1 ? "file" : "files", verified.digest->to_string());
}

std::string message_of_success(const model::VerifyReport& verified) {
  return verified.partial ? "a part of the model is what was signed"
                          : "the model is what was signed";
}

std::string findings_as_text(const model::VerifyReport& verified) {
  return differences_as_text(verified.differences) +
         files_without_shard_as_text(verified.files_without_shard, "nobody signed it");
}

std::string notes_as_text(const model::VerifyReport& verified, Viewed viewed) {
  std::string text;
  if (!verified.differences.empty()) {
    text += fmt::format("note      the signature is about a model called '{}'\n",
                        escape_for_display(verified.subject));
  }
  for (const std::string& path : verified.ignored_present) {
    text += fmt::format("note      '{}' is ignored\n", escape_for_display(path));
  }
  if (viewed.unsigned_files_ignored && verified.signer) {
    text += "note      unsigned files were not looked at (--ignore-unsigned-files)\n";
  }
  if (verified.directory_for_file) {
    text += "note      this is a directory; a signature of a single file would look the same\n";
  }
  if (verified.symlinks_allowed_by_caller) {
    text += "note      links are allowed by --allow-symlinks, not by the signature\n";
  }
  if (verified.links_into) {
    text += fmt::format("note      links into '{}' are followed\n",
                        escape_for_display(*verified.links_into));
  }
  if (verified.partial) {
    text += "note      nothing else of the model was looked at (--only)\n";
  }
  text += archive_as_text(verified.archive);
  return text + pointers_as_text(verified.lfs_pointers) +
         files_not_read_as_text(verified.files_not_read);
}

}  // namespace hallmark::cli

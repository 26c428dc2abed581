#include "cli/content_options.h"

#include <fmt/core.h>

#include "cli/command.h"
#include "cli/report.h"
#include "cli/shared_options.h"
#include "hallmark/base/utf8.h"

namespace hallmark::cli {
namespace {

base::JsonValue digest_list_as_json(const ContentChoice& choice, const model::SignReport& report) {
  if (!choice.digests || !report.digest_list) return nullptr;
  return base::JsonObject{{"file", *choice.digests},
                          {"form", manifest::to_string(*report.digest_list)}};
}

std::string digest_list_as_text(const ContentChoice& choice, const model::SignReport& report) {
  if (!choice.digests || !report.digest_list) return {};
  return fmt::format("note      no file was read: all digests are from {} ({})\n",
                     base::escape_for_display(*choice.digests),
                     manifest::to_string(*report.digest_list));
}

}  // namespace

void add_content_options(Command command, ContentChoice& choice, const std::string& reuse_key) {
  add_hashing_options(command, choice.hashing, Offered::kRegistered);
  add_reuse_options(command, choice.reuse, reuse_key);
  command.add_option("--digests", choice.digests, "PATH",
                     "Sign the digests of this list, and read no file of the model");
  add_compatibility(command, choice.compatibility);
  add_cache_option(command, choice.cache);
}

Result<void> resolve_content(ContentChoice& choice, const model::Context& context) {
  HALLMARK_ASSIGN_OR_RETURN(const model::RequestedHashing given,
                            parse_requested_hashing(choice.hashing));
  HALLMARK_ASSIGN_OR_RETURN(choice.request.hashing, parse_hashing(choice.hashing));
  HALLMARK_TRY(choose_cache(choice.cache, choice.request.files, context.log));
  HALLMARK_ASSIGN_OR_RETURN(choice.request.reuse, parse_reuse(choice.reuse, given));
  if (choice.digests && choice.digests->empty()) {
    return fail(Code::kUsage, "--digests is empty, expected a path");
  }
  if (choice.digests) choice.request.digests = model::DigestsRequest{*choice.digests, given};
  choice.request.compatibility = compatibility_of(choice.compatibility);
  return {};
}

base::JsonObject content_as_members(const ContentChoice& choice, const model::SignReport* report) {
  const auto or_null = [&](auto value) {
    return report != nullptr ? base::JsonValue(value(*report)) : nullptr;
  };
  base::JsonObject members = {
      {"model", choice.request.model},
      {"signature", choice.request.signature},
      {"subject", or_null([](const auto& r) { return r.subject; })},
      {"digest", or_null([](const auto& r) { return r.digest.to_string(); })},
      {"files", or_null([](const auto& r) { return r.files; })},
  };
  const model::SignReport nothing;
  const model::SignReport& known = report != nullptr ? *report : nothing;
  append(members, report != nullptr ? hashing_as_members(known.hashing) : unknown_hashing());
  members.emplace_back("files_without_shard", texts_as_json(known.files_without_shard));
  members.emplace_back("files_not_read", known.files_not_read);
  append(members, reuse_as_members(choice.reuse, known.reused));
  members.emplace_back("digest_list", digest_list_as_json(choice, known));
  return members;
}

std::string content_notes_as_text(const ContentChoice& choice, const model::SignReport& report) {
  std::string text = files_without_shard_as_text(report.files_without_shard, "not signed");
  // What was taken over, or not read for the sake of a list, is told below.
  const bool by_cache = !report.reused && !choice.digests;
  if (by_cache) text += files_not_read_as_text(report.files_not_read);
  text += digest_list_as_text(choice, report);
  return text + reuse_as_text(choice.reuse, report.reused, report.subject);
}

}  // namespace hallmark::cli

#include <fmt/core.h>

#include "cli/cache_option.h"
#include "cli/command.h"
#include "cli/hashing_options.h"
#include "cli/shared_options.h"
#include "hallmark/base/utf8.h"
#include "hallmark/model/diff.h"

namespace hallmark::cli {
namespace {

using manifest::DifferenceKind;

struct DiffOptions {
  model::DiffRequest request;
  CacheChoice cache;
};

Result<model::DiffReport> compare(const DiffOptions& options, const model::Context& context) {
  model::DiffRequest request = options.request;
  HALLMARK_TRY(choose_cache(options.cache, request.files, context.log));
  return model::diff_models(request, context);
}

// A verifier finds files missing or extra; between two versions they were removed or added.
std::string_view word_for(DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::kMissing:
      return "removed";
    case DifferenceKind::kExtra:
      return "added";
    case DifferenceKind::kChanged:
    case DifferenceKind::kRenamed:
      break;
  }
  return to_string(kind);
}

base::JsonValue or_null(const std::optional<hash::Digest>& digest) {
  if (!digest) return nullptr;
  return digest->to_string();
}

base::JsonArray differences_as_json(const std::vector<manifest::Difference>& differences) {
  base::JsonArray array;
  for (const manifest::Difference& d : differences) {
    array.emplace_back(base::JsonObject{
        {"kind", word_for(d.kind)},
        {"path", d.path},
        {"new_path", d.new_path ? base::JsonValue(*d.new_path) : nullptr},
        {"before", or_null(d.expected)},
        {"after", or_null(d.found)},
    });
  }
  return array;
}

std::string as_text(const DiffOptions& options, const model::DiffReport& report) {
  std::string text;
  for (const manifest::Difference& d : report.differences) {
    text += fmt::format("{:<8} {}", word_for(d.kind), base::escape_for_display(d.path));
    if (d.new_path) text += fmt::format(" -> {}", base::escape_for_display(*d.new_path));
    text += "\n";
  }
  for (const auto& [path, side] : {std::pair(&options.request.before, &report.before),
                                   std::pair(&options.request.after, &report.after)}) {
    if (!side->is_signature) continue;
    text += fmt::format("note     '{}' was not verified: what it says is taken as it stands\n",
                        base::escape_for_display(*path));
  }
  return text;
}

base::JsonObject side_as_json(const std::string& path, const model::DiffSide& side) {
  return {{"path", path}, {"is_signature", side.is_signature}, {"files", side.files}};
}

CommandReport tell(const DiffOptions& options, const model::DiffReport& found) {
  CommandReport report;
  report.members = {{"before", side_as_json(options.request.before, found.before)},
                    {"after", side_as_json(options.request.after, found.after)}};
  append(report.members, hashing_as_members(found.hashing));
  report.members.emplace_back("files_not_read", found.files_not_read);
  report.members.emplace_back("differences", differences_as_json(found.differences));
  report.text = as_text(options, found);
  report.message = "both have the same files";
  const std::size_t count = found.differences.size();
  if (count == 0) return report;
  report.problem = Error{Code::kModelDiffers,
                         fmt::format("they differ in {} {}", count, count == 1 ? "file" : "files")};
  return report;
}

CommandReport run(const DiffOptions& options, const model::Context& context) {
  auto found = compare(options, context);
  if (found) return tell(options, *found);
  return failed(found.error());
}

}  // namespace

void add_diff(Command program, Selection& selection) {
  Command command = add_command(program, "diff", "Compare two models, two signatures, or both",
                                "diff", selection);
  auto options = std::make_shared<DiffOptions>();
  command.add_positional("BEFORE", options->request.before, "A model, or a signature of one");
  command.add_positional("AFTER", options->request.after, "A model, or a signature of one");
  add_reading_options(command, options->request.files);
  add_cache_option(command, options->cache);
  command.on_chosen([options, &selection] {
    selection.name = "diff";
    selection.run = [options](const model::Context& context) { return run(*options, context); };
  });
}

}  // namespace hallmark::cli

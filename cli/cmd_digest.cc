#include "cli/cache_option.h"
#include "cli/command.h"
#include "cli/hashing_options.h"
#include "cli/shared_options.h"
#include "hallmark/model/digest.h"

namespace hallmark::cli {
namespace {

struct DigestOptions {
  std::string model;
  model::FileOptions files;
  HashingChoice hashing;
  CacheChoice cache;
  std::string compatibility;
};

Result<model::DigestReport> digest(const DigestOptions& options,
                                   const model::HashingOptions& hashing,
                                   const model::Context& context) {
  model::FileOptions files = options.files;
  HALLMARK_TRY(choose_cache(options.cache, files, context.log));
  return model::digest_model(options.model, files, hashing, compatibility_of(options.compatibility),
                             context);
}

CommandReport run(const DigestOptions& options, const model::Context& context) {
  CommandReport report;
  const auto hashing = parse_hashing(options.hashing);
  auto digested = hashing.and_then([&](const auto& h) { return digest(options, h, context); });
  report.members = {
      {"model", options.model},
      {"digest", digested ? base::JsonValue(digested->digest.to_string()) : nullptr},
      {"files", digested ? base::JsonValue(digested->files) : nullptr},
  };
  append(report.members, hashing ? hashing_as_members(*hashing) : unknown_hashing());
  report.members.emplace_back(
      "files_without_shard",
      digested ? texts_as_json(digested->files_without_shard) : base::JsonArray{});
  report.members.emplace_back("files_not_read", digested ? digested->files_not_read : 0);
  if (!digested) {
    report.problem = std::move(digested.error());
    return report;
  }
  report.message = "the model's root digest is computed";
  report.text = digested->digest.to_string() + "\n";
  report.notes = files_not_read_as_text(digested->files_not_read);
  return report;
}

}  // namespace

void add_digest(Command program, Selection& selection) {
  Command command =
      add_command(program, "digest", "Print the root digest of a model", "digest", selection);
  auto options = std::make_shared<DigestOptions>();
  add_model_options(command, options->model, options->files);
  add_hashing_options(command, options->hashing, Offered::kAll);
  add_compatibility(command, options->compatibility);
  add_cache_option(command, options->cache);
  command.on_chosen([options, &selection] {
    selection.name = "digest";
    selection.run = [options](const model::Context& context) { return run(*options, context); };
  });
}

}  // namespace hallmark::cli

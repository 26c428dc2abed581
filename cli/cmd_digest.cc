#include "cli/command.h"
#include "cli/shared_options.h"
#include "hallmark/model/digest.h"

namespace hallmark::cli {
namespace {

struct DigestOptions {
  std::string model;
  model::FileOptions files;
  std::string compatibility;
};

CommandReport run(const DigestOptions& options, const model::Context& context) {
  CommandReport report;
  auto digested = model::digest_model(options.model, options.files,
                                      compatibility_of(options.compatibility), context);
  report.members = {
      {"model", options.model},
      {"digest", digested ? base::JsonValue(digested->digest.to_string()) : nullptr},
      {"files", digested ? base::JsonValue(digested->files) : nullptr},
  };
  if (!digested) {
    report.problem = std::move(digested.error());
    return report;
  }
  report.message = "the model's root digest is computed";
  report.text = digested->digest.to_string() + "\n";
  return report;
}

}  // namespace

void add_digest(Command program, Selection& selection) {
  Command command =
      add_command(program, "digest", "Print the root digest of a model", "digest", selection);
  auto options = std::make_shared<DigestOptions>();
  add_model_options(command, options->model, options->files);
  add_compatibility(command, options->compatibility);
  command.on_chosen([options, &selection] {
    selection.name = "digest";
    selection.run = [options](const model::Context& context) { return run(*options, context); };
  });
}

}  // namespace hallmark::cli

#pragma once

#include <optional>
#include <string>

#include "cli/cache_option.h"
#include "cli/command_line.h"
#include "cli/hashing_options.h"
#include "cli/reuse_options.h"
#include "hallmark/base/json.h"
#include "hallmark/base/result.h"
#include "hallmark/model/context.h"
#include "hallmark/model/sign.h"

namespace hallmark::cli {

/// What is signed, whoever signs: the options that all commands have which make a statement.
struct ContentChoice {
  model::SignRequest request;
  HashingChoice hashing;
  CacheChoice cache;
  ReuseChoice reuse;
  std::optional<std::string> digests;
  std::string compatibility;
};

/// How the model is hashed, and where digests come from that are not computed. `reuse_key` is the
/// option that names the key of an older signature.
void add_content_options(Command command, ContentChoice& choice, const std::string& reuse_key);

/// Completes `choice.request` by the options.
Result<void> resolve_content(ContentChoice& choice, const model::Context& context);

/// The members of a report about what was signed; `report` is null when nothing was.
base::JsonObject content_as_members(const ContentChoice& choice, const model::SignReport* report);

/// Lines about what was not signed or not read.
std::string content_notes_as_text(const ContentChoice& choice, const model::SignReport& report);

}  // namespace hallmark::cli

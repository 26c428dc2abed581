#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command_line.h"
#include "hallmark/base/result.h"
#include "hallmark/model/verify.h"

namespace hallmark::cli {

/// What of a model is to be verified, as it was typed.
struct ScopeChoice {
  std::optional<std::string> links_into;
  std::vector<std::string> only;
  std::optional<std::string> root_digest;
};

/// --only, --root-digest and --allow-links-into.
void add_scope_options(Command command, ScopeChoice& choice);

/// Fails with kUsage when the root digest is none.
Result<model::VerifyScope> parse_scope(const ScopeChoice& choice);

}  // namespace hallmark::cli

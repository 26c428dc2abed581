#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command_line.h"
#include "hallmark/base/json.h"
#include "hallmark/base/result.h"
#include "hallmark/model/reuse.h"

namespace hallmark::cli {

/// --reuse and what goes with it, as they were typed.
struct ReuseChoice {
  std::string key_option;  ///< As it was added.
  std::optional<std::string> signature;
  std::vector<std::string> changed;
  std::string public_key;
  std::vector<std::string> chain;
  std::optional<std::string> identity;
  std::vector<std::string> revocation_lists;
};

/// `key_option` is what names the key of the older signature: "--public-key".
void add_reuse_options(Command command, ReuseChoice& choice, const std::string& key_option);

/// Nothing when --reuse was not given. Loads the key or the certificates of the old signer; fails
/// with kUsage where options do not go together.
Result<std::optional<model::ReuseRequest>> parse_reuse(const ReuseChoice& choice,
                                                       const model::RequestedHashing& hashing);

/// The members `reused` and `taken_over` of a report, null when nothing was to be reused.
base::JsonObject reuse_as_members(const ReuseChoice& choice,
                                  const std::optional<model::ReuseReport>& reused);

/// What was not read, and on whose word; nothing when nothing was to be reused.
std::string reuse_as_text(const ReuseChoice& choice,
                          const std::optional<model::ReuseReport>& reused,
                          const std::string& subject);

}  // namespace hallmark::cli

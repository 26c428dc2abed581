#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cli/command_line.h"
#include "hallmark/base/json.h"
#include "hallmark/base/result.h"
#include "hallmark/model/options.h"

namespace hallmark::cli {

/// --hash-algorithm and --shard-size as they were typed.
struct HashingChoice {
  std::string algorithm;   ///< Empty: not given.
  std::string shard_size;  ///< Empty: not given.
};

/// Which algorithms a command offers.
enum class Offered : std::uint8_t { kRegistered, kAll };

void add_hashing_options(Command command, HashingChoice& choice, Offered offered);

/// Fails with kUsage, or kHashAlgorithmUnsupported where `add_hashing_options` did not look before.
Result<model::RequestedHashing> parse_requested_hashing(const HashingChoice& choice);

/// The same, SHA-256 of whole files where nothing was given.
Result<model::HashingOptions> parse_hashing(const HashingChoice& choice);

/// The members `hash_algorithm` and `shard_size` of a report; the latter is null for whole files.
base::JsonObject hashing_as_members(const model::HashingOptions& hashing);

/// The same members where it is not known how files were hashed.
base::JsonObject unknown_hashing();

}  // namespace hallmark::cli

#include "cli/hashing_options.h"

#include <fmt/core.h>

#include "hallmark/base/decimal.h"
#include "hallmark/base/utf8.h"
#include "hallmark/manifest/manifest.h"

namespace hallmark::cli {
namespace {

Result<std::uint64_t> parse_shard_size(std::string_view text) {
  if (text == "default") return manifest::kDefaultShardSize;
  const auto size = base::parse_decimal(text);
  if (size && *size > 0 && *size <= manifest::kLargestShardSize) return *size;
  return fail(Code::kUsage,
              fmt::format("--shard-size: expected a number of bytes from 1 to {} or 'default', "
                          "found '{}'",
                          manifest::kLargestShardSize, base::escape_for_display(text)));
}

}  // namespace

void add_hashing_options(Command command, HashingChoice& choice, Offered offered) {
  std::vector<std::string> names;
  for (const hash::Algorithm algorithm : hash::kAlgorithms) {
    if (offered == Offered::kRegistered && !hash::is_registered(algorithm)) continue;
    names.emplace_back(hash::to_string(algorithm));
  }
  command.add_choice("--hash-algorithm", choice.algorithm, names,
                     "What files are hashed with (default: sha256)");
  command.add_option("--shard-size", choice.shard_size, "BYTES",
                     fmt::format("Hash files in pieces of this size; 'default' is {}",
                                 manifest::kDefaultShardSize));
}

Result<model::RequestedHashing> parse_requested_hashing(const HashingChoice& choice) {
  model::RequestedHashing given;
  if (!choice.algorithm.empty()) {
    HALLMARK_ASSIGN_OR_RETURN(given.algorithm, hash::parse_algorithm(choice.algorithm));
  }
  if (!choice.shard_size.empty()) {
    HALLMARK_ASSIGN_OR_RETURN(given.shard_size, parse_shard_size(choice.shard_size));
  }
  return given;
}

Result<model::HashingOptions> parse_hashing(const HashingChoice& choice) {
  HALLMARK_ASSIGN_OR_RETURN(const model::RequestedHashing given, parse_requested_hashing(choice));
  return model::HashingOptions{given.algorithm.value_or(hash::Algorithm::kSha256),
                               given.shard_size.value_or(0)};
}

base::JsonObject hashing_as_members(const model::HashingOptions& hashing) {
  return {{"hash_algorithm", hash::to_string(hashing.algorithm)},
          {"shard_size", hashing.shard_size != 0 ? base::JsonValue(hashing.shard_size) : nullptr}};
}

base::JsonObject unknown_hashing() {
  return {{"hash_algorithm", nullptr}, {"shard_size", nullptr}};
}

}  // namespace hallmark::cli

// A statement that is accepted names distinct files beneath the root, or shards that begin at the
// start of such files, and stays the same when it is written and read.

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

#include "hallmark/attest/statement.h"
#include "hallmark/manifest/name.h"
#include "hallmark/manifest/shard.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using hallmark::attest::decode_statement;
  using hallmark::attest::ShardLabels;
  using hallmark::manifest::count_files;
  const auto statement = decode_statement({data, size});
  if (!statement) return 0;
  const auto& resources = statement->manifest.resources;
  HALLMARK_CHECK(!resources.empty());
  std::set<std::string> names;
  for (const auto& resource : resources) {
    const bool single_file = count_files(resources) == 1 && resource.name == ".";
    HALLMARK_CHECK(single_file || hallmark::manifest::check_resource_name(resource.name));
    HALLMARK_CHECK(names.insert(hallmark::manifest::name_in_statement(resource)).second);
    HALLMARK_CHECK(resource.digest.algorithm() == statement->manifest.algorithm);
  }
  for (const auto labels : {ShardLabels::kPlain, ShardLabels::kSuffixed}) {
    const std::string text =
        hallmark::attest::encode_statement(statement->subject, statement->manifest, labels);
    const auto again = decode_statement(hallmark::bytes_of(text));
    HALLMARK_CHECK(again.has_value());
    HALLMARK_CHECK(again->manifest.resources == resources);
    HALLMARK_CHECK(again->manifest.shard_size == statement->manifest.shard_size);
    HALLMARK_CHECK(again->manifest.ignore_paths == statement->manifest.ignore_paths);
  }
  return 0;
}

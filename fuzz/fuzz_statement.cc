// A statement that is accepted names distinct files beneath the root, and stays the same when it is
// written and read.

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

#include "hallmark/attest/statement.h"
#include "hallmark/manifest/name.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using hallmark::attest::decode_statement;
  const auto statement = decode_statement({data, size});
  if (!statement) return 0;
  const auto& resources = statement->manifest.resources;
  HALLMARK_CHECK(!resources.empty());
  std::set<std::string> names;
  for (const auto& resource : resources) {
    const bool single_file = resources.size() == 1 && resource.name == ".";
    HALLMARK_CHECK(single_file || hallmark::manifest::check_resource_name(resource.name));
    HALLMARK_CHECK(names.insert(resource.name).second);
  }
  const std::string text =
      hallmark::attest::encode_statement(statement->subject, statement->manifest);
  const auto again = decode_statement(hallmark::bytes_of(text));
  HALLMARK_CHECK(again.has_value());
  HALLMARK_CHECK(again->manifest.resources == resources);
  HALLMARK_CHECK(again->manifest.ignore_paths == statement->manifest.ignore_paths);
  return 0;
}

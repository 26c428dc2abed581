// A name that is read as a shard's is written as the same text, and shards that are accepted as a
// whole cover every byte of their files once. The input is a shard size and a list of names, one a
// line.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/decimal.h"
#include "hallmark/hash/hasher.h"
#include "hallmark/manifest/shard.h"

namespace {

using hallmark::Code;
using hallmark::manifest::Resource;

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return line;
}

// Sorted by a map, unlike in the check itself.
void check_covered(const std::vector<Resource>& resources, std::uint64_t shard_size) {
  std::map<std::string, std::map<std::uint64_t, std::uint64_t>> shards;
  for (const Resource& resource : resources) {
    HALLMARK_CHECK(shards[resource.name].emplace(resource.shard.start, resource.shard.end).second);
  }
  for (const auto& [name, ranges] : shards) {
    std::uint64_t due = 0;
    for (const auto& [start, end] : ranges) {
      HALLMARK_CHECK(start == due && end > start && end - start <= shard_size);
      HALLMARK_CHECK(end - start == shard_size || start == ranges.rbegin()->first);
      due = end;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = hallmark::text_of({data, size});
  const auto shard_size = hallmark::base::parse_decimal(take_line(text));
  const auto digest = hallmark::hash::hash_bytes(hallmark::hash::Algorithm::kSha256, {});
  std::vector<Resource> resources;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    const auto parsed = hallmark::manifest::parse_shard_name(line);
    if (!parsed) {
      HALLMARK_CHECK(parsed.error().code == Code::kShardNameInvalid);
      continue;
    }
    resources.push_back({std::string(parsed->file), digest, parsed->range});
    HALLMARK_CHECK(hallmark::manifest::name_in_statement(resources.back()) == line);
  }
  if (!shard_size || *shard_size == 0) return 0;
  const auto checked = hallmark::manifest::check_shard_layout(resources, *shard_size);
  if (checked) {
    check_covered(resources, *shard_size);
  } else {
    const Code code = checked.error().code;
    HALLMARK_CHECK(code == Code::kShardLayoutInvalid || code == Code::kResourceNameDuplicate);
  }
  return 0;
}

#include "hallmark/manifest/shard.h"

#include <algorithm>
#include <optional>

#include <fmt/core.h>

#include "hallmark/base/decimal.h"
#include "hallmark/base/utf8.h"
#include "hallmark/manifest/name.h"

namespace hallmark::manifest {
namespace {

constexpr std::uint64_t kLargestOffset = (std::uint64_t{1} << 63U) - 1;

// Takes ":number" off the end of `name`.
std::optional<std::uint64_t> take_offset(std::string_view& name) {
  const std::size_t colon = name.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto offset = base::parse_decimal(name.substr(colon + 1));
  name = name.substr(0, colon);
  return offset && *offset <= kLargestOffset ? offset : std::nullopt;
}

// What follows the path in the statement's name.
std::string suffix_of(const Resource& resource) {
  if (resource.shard == ByteRange{}) return {};
  return fmt::format(":{}:{}", resource.shard.start, resource.shard.end);
}

tl::unexpected<Error> misplaced(const Resource& shard, std::string_view why) {
  return fail(
      Code::kShardLayoutInvalid,
      fmt::format("the shard '{}' {}", base::escape_for_display(name_in_statement(shard)), why));
}

// `before` is the shard of the same file that comes first, if there is one.
Result<void> check_neighbours(const Resource* before, const Resource& shard,
                              std::uint64_t shard_size) {
  const std::uint64_t due = before != nullptr ? before->shard.end : 0;
  if (before != nullptr && before->shard == shard.shard) {
    return fail(Code::kResourceNameDuplicate,
                fmt::format("the name '{}' was there before",
                            base::escape_for_display(name_in_statement(shard))));
  }
  if (shard.shard.start > due) return misplaced(shard, fmt::format("leaves a gap after {}", due));
  if (shard.shard.start < due) return misplaced(shard, "overlaps another one");
  if (before != nullptr && before->shard.end - before->shard.start != shard_size) {
    return misplaced(*before, fmt::format("is not {} bytes long and not the last one", shard_size));
  }
  if (shard.shard.end - shard.shard.start > shard_size) {
    return misplaced(shard, fmt::format("is longer than {} bytes", shard_size));
  }
  return {};
}

}  // namespace

Result<ShardName> parse_shard_name(std::string_view name) {
  std::string_view file = name;
  const auto end = take_offset(file);
  const auto start = end ? take_offset(file) : std::nullopt;
  if (start && *start < *end) return ShardName{file, ByteRange{*start, *end}};
  return fail(Code::kShardNameInvalid,
              fmt::format("expected a name of the form path:start:end, found '{}'",
                          base::escape_for_display(name)));
}

std::string name_in_statement(const Resource& resource) {
  return resource.name + suffix_of(resource);
}

// Whole names are put together only where the paths do not decide: where one begins with the other.
bool statement_order(const Resource& a, const Resource& b) {
  const std::size_t common = std::min(a.name.size(), b.name.size());
  const int order = a.name.compare(0, common, b.name, 0, common);
  if (order != 0) return order < 0;
  return a.name.substr(common) + suffix_of(a) < b.name.substr(common) + suffix_of(b);
}

bool reference_order(const Resource& a, const Resource& b) {
  if (a.name != b.name) return component_less(a.name, b.name);
  return a.shard.start < b.shard.start;
}

Result<void> check_shard_layout(std::span<const Resource> resources, std::uint64_t shard_size) {
  std::vector<const Resource*> sorted;
  sorted.reserve(resources.size());
  for (const Resource& resource : resources) sorted.push_back(&resource);
  std::sort(sorted.begin(), sorted.end(), [](const Resource* a, const Resource* b) {
    if (const int order = a->name.compare(b->name); order != 0) return order < 0;
    return a->shard.start != b->shard.start ? a->shard.start < b->shard.start
                                            : a->shard.end < b->shard.end;
  });
  const Resource* before = nullptr;
  for (const Resource* shard : sorted) {
    if (before != nullptr && before->name != shard->name) before = nullptr;
    HALLMARK_TRY(check_neighbours(before, *shard, shard_size));
    before = shard;
  }
  return {};
}

}  // namespace hallmark::manifest

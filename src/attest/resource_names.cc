#include "attest/resource_names.h"

#include <algorithm>
#include <numeric>
#include <span>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/manifest/name.h"
#include "hallmark/manifest/shard.h"

namespace hallmark::attest {
namespace {

using manifest::Resource;

tl::unexpected<Error> at_index(Error error, std::string_view list, std::size_t i) {
  return fail(std::move(error).within(fmt::format("{}/{}", list, i)));
}

// The lone name "." is how the reference calls a model that is a single file.
Result<void> check_paths(std::span<const Resource> resources, std::string_view list) {
  if (resources.empty()) {
    return fail(Code::kResourcesEmpty, fmt::format("{}: expected resources, found none", list));
  }
  if (std::all_of(resources.begin(), resources.end(),
                  [](const Resource& resource) { return resource.name == "."; })) {
    return {};
  }
  for (std::size_t i = 0; i < resources.size(); ++i) {
    auto checked = manifest::check_resource_name(resources[i].name);
    if (!checked) return at_index(std::move(checked.error()), list, i);
  }
  return {};
}

// The first resource whose name an earlier one has; their count when there is none. Sorted and not
// hashed: whoever signs can choose names with one and the same hash.
std::size_t first_duplicate(const std::vector<Resource>& resources) {
  const auto out_of_order =
      std::adjacent_find(resources.begin(), resources.end(),
                         [](const Resource& a, const Resource& b) { return a.name >= b.name; });
  if (out_of_order == resources.end()) return resources.size();  // as OMS v1.0 has them sorted
  std::vector<std::size_t> order(resources.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const int compared = resources[a].name.compare(resources[b].name);
    return compared != 0 ? compared < 0 : a < b;
  });
  std::size_t first = resources.size();
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (resources[order[i - 1]].name == resources[order[i]].name) first = std::min(first, order[i]);
  }
  return first;
}

// Takes the names of shards apart, and checks that they cover each file.
Result<void> read_shard_names(manifest::Manifest& manifest, std::string_view list) {
  for (std::size_t i = 0; i < manifest.resources.size(); ++i) {
    Resource& resource = manifest.resources[i];
    auto parsed = manifest::parse_shard_name(resource.name);
    if (!parsed) return at_index(std::move(parsed.error()), list, i);
    resource.shard = parsed->range;
    resource.name.resize(parsed->file.size());
  }
  HALLMARK_TRY(check_paths(manifest.resources, list));
  auto layout = manifest::check_shard_layout(manifest.resources, manifest.shard_size);
  if (!layout) return fail(std::move(layout.error()).within(list));
  return {};
}

}  // namespace

Result<void> check_file_names(const std::vector<Resource>& resources, std::string_view list) {
  // The fault that comes first is told, of whichever kind it is.
  const std::size_t duplicate = first_duplicate(resources);
  HALLMARK_TRY(
      check_paths(std::span(resources).first(std::min(duplicate + 1, resources.size())), list));
  if (duplicate == resources.size()) return {};
  return fail(Code::kResourceNameDuplicate,
              fmt::format("{}/{}: the name '{}' was there before", list, duplicate,
                          base::escape_for_display(resources[duplicate].name)));
}

Result<void> read_names(manifest::Manifest& manifest, std::string_view list) {
  return manifest.method == manifest::Method::kShards ? read_shard_names(manifest, list)
                                                      : check_file_names(manifest.resources, list);
}

}  // namespace hallmark::attest

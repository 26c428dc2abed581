#include "hallmark/manifest/reuse.h"

#include <algorithm>

namespace hallmark::manifest {
namespace {

bool by_file(const Resource& a, const Resource& b) {
  if (const int order = a.name.compare(b.name); order != 0) return order < 0;
  return a.shard.start < b.shard.start;
}

// The resources of one file; `sorted` is in the order of `by_file`.
std::span<const Resource> resources_of(const std::vector<Resource>& sorted, std::string_view name) {
  struct ByName {
    bool operator()(const Resource& r, std::string_view n) const { return r.name < n; }
    bool operator()(std::string_view n, const Resource& r) const { return n < r.name; }
  };
  const auto range = std::equal_range(sorted.begin(), sorted.end(), name, ByName{});
  return {range.first, range.second};
}

}  // namespace

ReusedDigests::ReusedDigests(Manifest vouched, std::optional<IgnoreRules> changed,
                             KnownDigests* witness)
    : vouched_(std::move(vouched)), changed_(std::move(changed)), witness_(witness) {
  std::sort(vouched_.resources.begin(), vouched_.resources.end(), by_file);
}

std::optional<std::vector<hash::Digest>> ReusedDigests::find(const TreeFile& file,
                                                             const hash::HashOptions& how) {
  auto digests = vouched_for(file, how);
  if (!is_unchanged(file, how, digests)) return std::nullopt;
  taken_over_ += 1;
  return digests;
}

void ReusedDigests::learn(const TreeFile& file, const hash::HashOptions& how,
                          std::span<const hash::Digest> digests) {
  if (witness_ != nullptr) witness_->learn(file, how, digests);
}

std::optional<std::vector<hash::Digest>> ReusedDigests::vouched_for(
    const TreeFile& file, const hash::HashOptions& how) const {
  if (how.algorithm != vouched_.algorithm || how.shard_size != vouched_.shard_size) {
    return std::nullopt;
  }
  const std::span<const Resource> resources = resources_of(vouched_.resources, file.name());
  if (resources.empty()) return std::nullopt;
  if (how.shard_size != 0 && resources.back().shard.end != file.location.listed.size) {
    return std::nullopt;
  }
  std::vector<hash::Digest> digests;
  digests.reserve(resources.size());
  for (const Resource& resource : resources) digests.push_back(resource.digest);
  return digests;
}

// The witness is asked about every file that is going to be read: it will be told of it, and may
// have to look at it before.
bool ReusedDigests::is_unchanged(const TreeFile& file, const hash::HashOptions& how,
                                 const std::optional<std::vector<hash::Digest>>& vouched) {
  // Where a link was followed, a change of what it leads to is one of this file.
  if (vouched && changed_ && !changed_->covers(file.name()) &&
      !changed_->covers(file.location.path)) {
    return true;
  }
  const auto seen = witness_ != nullptr ? witness_->find(file, how) : std::nullopt;
  return !changed_ && seen && seen == vouched;
}

bool names_signed_file(std::span<const Resource> resources, std::string_view path) {
  IgnoreRules rule;
  rule.add(std::string(path));
  return std::any_of(resources.begin(), resources.end(),
                     [&](const Resource& resource) { return rule.covers(resource.name); });
}

}  // namespace hallmark::manifest

#include "hallmark/manifest/compare.h"

#include <algorithm>
#include <map>
#include <string>

namespace hallmark::manifest {
namespace {

using Sorted = std::vector<const Resource*>;

Sorted sorted_by_name(std::span<const Resource> resources) {
  Sorted sorted;
  sorted.reserve(resources.size());
  for (const Resource& resource : resources) sorted.push_back(&resource);
  std::sort(sorted.begin(), sorted.end(),
            [](const Resource* a, const Resource* b) { return a->name < b->name; });
  return sorted;
}

// What only one side has, and what both have with other digests.
struct Sides {
  Sorted missing;
  Sorted extra;
  std::vector<Difference> changed;
};

Sides split(const Sorted& expected, const Sorted& found) {
  Sides sides;
  auto e = expected.begin();
  auto f = found.begin();
  while (e != expected.end() || f != found.end()) {
    if (f == found.end() || (e != expected.end() && (*e)->name < (*f)->name)) {
      sides.missing.push_back(*e++);
    } else if (e == expected.end() || (*f)->name < (*e)->name) {
      sides.extra.push_back(*f++);
    } else {
      if ((*e)->digest != (*f)->digest) {
        sides.changed.push_back(Difference{DifferenceKind::kChanged, (*e)->name, std::nullopt,
                                           (*e)->digest, (*f)->digest});
      }
      ++e;
      ++f;
    }
  }
  return sides;
}

// Pairs each missing file with the first extra one of the same content, and says what is left.
std::vector<Difference> pair_renamed(const Sides& sides) {
  std::multimap<std::string, const Resource*> extra;
  for (const Resource* resource : sides.extra)
    extra.emplace(resource->digest.to_string(), resource);
  std::vector<Difference> differences;
  for (const Resource* resource : sides.missing) {
    const auto match = extra.find(resource->digest.to_string());
    if (match == extra.end()) {
      differences.push_back(Difference{DifferenceKind::kMissing, resource->name, std::nullopt,
                                       resource->digest, std::nullopt});
      continue;
    }
    differences.push_back(Difference{DifferenceKind::kRenamed, resource->name, match->second->name,
                                     resource->digest, match->second->digest});
    extra.erase(match);
  }
  for (const auto& [digest, resource] : extra) {
    differences.push_back(Difference{DifferenceKind::kExtra, resource->name, std::nullopt,
                                     std::nullopt, resource->digest});
  }
  return differences;
}

}  // namespace

std::string_view to_string(DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::kMissing:
      return "missing";
    case DifferenceKind::kExtra:
      return "extra";
    case DifferenceKind::kChanged:
      return "changed";
    case DifferenceKind::kRenamed:
      return "renamed";
  }
  HALLMARK_CHECK(false);
  return {};
}

std::vector<Difference> compare(std::span<const Resource> expected,
                                std::span<const Resource> found) {
  Sides sides = split(sorted_by_name(expected), sorted_by_name(found));
  std::vector<Difference> differences = pair_renamed(sides);
  std::move(sides.changed.begin(), sides.changed.end(), std::back_inserter(differences));
  std::sort(differences.begin(), differences.end(),
            [](const Difference& a, const Difference& b) { return a.path < b.path; });
  return differences;
}

}  // namespace hallmark::manifest

#include "hallmark/manifest/compare.h"

#include <algorithm>
#include <map>
#include <string>

namespace hallmark::manifest {
namespace {

using Sorted = std::vector<const Resource*>;

Sorted sorted_by_file(std::span<const Resource> resources) {
  Sorted sorted;
  sorted.reserve(resources.size());
  for (const Resource& resource : resources) sorted.push_back(&resource);
  const auto by_file = [](const Resource* a, const Resource* b) {
    const int order = a->name.compare(b->name);
    return order != 0 ? order < 0 : a->shard.start < b->shard.start;
  };
  // Most lists are in order, and looking is quicker than sorting.
  if (!std::is_sorted(sorted.begin(), sorted.end(), by_file)) {
    std::sort(sorted.begin(), sorted.end(), by_file);
  }
  return sorted;
}

// A file: one resource, or its shards from the first to the last, or nothing when it is empty.
struct File {
  std::string_view name;
  std::span<const Resource* const> parts;
};

// `sorted` must outlive the files.
std::vector<File> files_of(const Sorted& sorted) {
  std::vector<File> files;
  for (std::size_t first = 0; first < sorted.size();) {
    std::size_t end = first + 1;
    while (end < sorted.size() && sorted[end]->name == sorted[first]->name) ++end;
    files.push_back({sorted[first]->name, std::span(sorted).subspan(first, end - first)});
    first = end;
  }
  return files;
}

void add_empty(std::vector<File>& files, std::span<const std::string> names) {
  if (names.empty()) return;
  for (const std::string& name : names) files.push_back({name, {}});
  std::sort(files.begin(), files.end(),
            [](const File& a, const File& b) { return a.name < b.name; });
}

bool same_part(const Resource* a, const Resource* b) {
  return a->shard == b->shard && a->digest == b->digest;
}

bool same_contents(const File& a, const File& b) {
  return std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(), b.parts.end(), same_part);
}

// The contents of a file as text, equal for files with equal parts.
std::string contents_of(const File& file) {
  std::string text;
  for (const Resource* part : file.parts) {
    text += text_of(part->digest.bytes());
    text += std::to_string(part->shard.end) + ' ';
  }
  return text;
}

// The digest of a file that is one resource.
std::optional<hash::Digest> whole_digest(const File& file) {
  if (file.parts.size() != 1 || file.parts.front()->shard != ByteRange{}) return std::nullopt;
  return file.parts.front()->digest;
}

// Where two versions of a file differ, shard by shard.
std::vector<ByteRange> differing_ranges(const File& expected, const File& found) {
  std::vector<ByteRange> ranges;
  const std::size_t count = std::max(expected.parts.size(), found.parts.size());
  for (std::size_t i = 0; i < count; ++i) {
    const Resource* e = i < expected.parts.size() ? expected.parts[i] : nullptr;
    const Resource* f = i < found.parts.size() ? found.parts[i] : nullptr;
    if (e != nullptr && f != nullptr && same_part(e, f)) continue;
    const std::uint64_t start = (e != nullptr ? e : f)->shard.start;
    const std::uint64_t end = std::max(e != nullptr ? e->shard.end : 0,  //
                                       f != nullptr ? f->shard.end : 0);
    if (end == 0) continue;  // no shards: the whole file
    if (!ranges.empty() && ranges.back().end >= start) {
      ranges.back().end = std::max(ranges.back().end, end);
    } else {
      ranges.push_back({start, end});
    }
  }
  return ranges;
}

// What only one side has, and what both have with other contents.
struct Sides {
  std::vector<File> missing;
  std::vector<File> extra;
  std::vector<Difference> changed;
};

Sides split(const std::vector<File>& expected, const std::vector<File>& found) {
  Sides sides;
  auto e = expected.begin();
  auto f = found.begin();
  while (e != expected.end() || f != found.end()) {
    if (f == found.end() || (e != expected.end() && e->name < f->name)) {
      sides.missing.push_back(*e++);
    } else if (e == expected.end() || f->name < e->name) {
      if (!f->parts.empty()) sides.extra.push_back(*f);
      ++f;
    } else {
      if (!same_contents(*e, *f)) {
        sides.changed.push_back({DifferenceKind::kChanged, std::string(e->name), std::nullopt,
                                 whole_digest(*e), whole_digest(*f), differing_ranges(*e, *f)});
      }
      ++e;
      ++f;
    }
  }
  return sides;
}

// Pairs each missing file with the first extra one of the same content, and says what is left.
std::vector<Difference> pair_renamed(const Sides& sides) {
  std::multimap<std::string, File> extra;
  for (const File& file : sides.extra) extra.emplace(contents_of(file), file);
  std::vector<Difference> differences;
  for (const File& file : sides.missing) {
    const std::string name(file.name);
    const auto match = extra.find(contents_of(file));
    if (match == extra.end()) {
      differences.push_back(
          {DifferenceKind::kMissing, name, std::nullopt, whole_digest(file), std::nullopt, {}});
      continue;
    }
    differences.push_back({DifferenceKind::kRenamed,
                           name,
                           std::string(match->second.name),
                           whole_digest(file),
                           whole_digest(match->second),
                           {}});
    extra.erase(match);
  }
  for (const auto& [contents, file] : extra) {
    differences.push_back({DifferenceKind::kExtra,
                           std::string(file.name),
                           std::nullopt,
                           std::nullopt,
                           whole_digest(file),
                           {}});
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

std::vector<Difference> compare(std::span<const Resource> expected, std::span<const Resource> found,
                                std::span<const std::string> found_empty) {
  const Sorted sorted_expected = sorted_by_file(expected);
  const Sorted sorted_found = sorted_by_file(found);
  std::vector<File> found_files = files_of(sorted_found);
  add_empty(found_files, found_empty);
  Sides sides = split(files_of(sorted_expected), found_files);
  std::vector<Difference> differences = pair_renamed(sides);
  std::move(sides.changed.begin(), sides.changed.end(), std::back_inserter(differences));
  std::sort(differences.begin(), differences.end(),
            [](const Difference& a, const Difference& b) { return a.path < b.path; });
  return differences;
}

}  // namespace hallmark::manifest

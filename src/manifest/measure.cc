#include "hallmark/manifest/measure.h"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/manifest/name.h"
#include "hallmark/manifest/shard.h"
#include "manifest/still_there.h"

namespace hallmark::manifest {
namespace {

Result<void> check_shard_count(std::span<const TreeFile> files, std::uint64_t shard_size) {
  if (shard_size == 0) return {};
  std::uint64_t shards = 0;
  for (const TreeFile& file : files) {
    const std::uint64_t more = hash::shard_count(file.location.listed.size, shard_size);
    if (more > kMostShards - shards) {
      return fail(Code::kLimitExceeded, fmt::format("the model has more than {} shards of {} bytes",
                                                    kMostShards, shard_size));
    }
    shards += more;
  }
  return {};
}

// Names what was hashed: `digests` are those of all files in order.
Measured name_digests(std::vector<TreeFile> files, const std::vector<hash::Digest>& digests,
                      std::uint64_t shard_size) {
  Measured measured;
  measured.resources.reserve(digests.size());
  auto digest = digests.begin();
  for (TreeFile& file : files) {
    if (shard_size == 0) {
      measured.resources.push_back(Resource{std::move(file).take_name(), *digest++});
      continue;
    }
    const std::uint64_t size = file.location.listed.size;
    if (size == 0) measured.files_without_shard.push_back(file.name());
    for (std::uint64_t start = 0; start < size;) {
      const std::uint64_t end = start + std::min(shard_size, size - start);
      measured.resources.push_back(Resource{file.name(), *digest++, {start, end}});
      start = end;
    }
  }
  if (shard_size != 0) {
    std::sort(measured.resources.begin(), measured.resources.end(), statement_order);
  }
  return measured;
}

// The digests of a model's files, each either known or computed.
class Digesting {
 public:
  Digesting(const ModelTree& tree, const MeasureOptions& options, base::ProgressSink& progress,
            const base::Cancellation& cancellation)
      : tree_(tree), options_(options), progress_(progress), cancellation_(cancellation) {}

  Result<Measured> run(Listing listing) {
    std::vector<TreeFile>& files = listing.files;
    HALLMARK_TRY(check_shard_count(files, options_.hash.shard_size));
    std::vector<std::vector<hash::Digest>> known(options_.known != nullptr ? files.size() : 0);
    const std::vector<std::size_t> unknown = find_known(files, known);
    HALLMARK_ASSIGN_OR_RETURN(std::vector<hash::Digest> digests, hash_files(files, unknown));
    HALLMARK_TRY(check_still_there(tree_, listing));
    const std::uint64_t not_read = files.size() - unknown.size();
    if (options_.known != nullptr) {
      tell_learnt(files, unknown, digests);
      digests = interleave(files, known, unknown, digests);
    }
    Measured measured = name_digests(std::move(files), digests, options_.hash.shard_size);
    measured.files_not_read = not_read;
    return measured;
  }

 private:
  // Fills `known`, and returns the files of which nothing is known.
  std::vector<std::size_t> find_known(const std::vector<TreeFile>& files,
                                      std::vector<std::vector<hash::Digest>>& known) {
    std::vector<std::size_t> unknown;
    for (std::size_t i = 0; i < files.size(); ++i) {
      auto digests =
          options_.known != nullptr ? options_.known->find(files[i], options_.hash) : std::nullopt;
      if (digests && digests->size() == count_digests(files[i])) {
        known[i] = *std::move(digests);
      } else {
        unknown.push_back(i);
      }
    }
    return unknown;
  }

  [[nodiscard]] std::uint64_t count_digests(const TreeFile& file) const {
    return hash::shard_count(file.location.listed.size, options_.hash.shard_size);
  }

  Result<std::vector<hash::Digest>> hash_files(const std::vector<TreeFile>& files,
                                               const std::vector<std::size_t>& chosen) {
    std::uint64_t bytes = 0;
    std::vector<const hash::FileToHash*> locations;
    locations.reserve(chosen.size());
    for (const std::size_t i : chosen) {
      bytes += files[i].location.listed.size;
      locations.push_back(&files[i].location);
    }
    progress_.on_total(chosen.size(), bytes);
    return hash::hash_files(tree_.root(), locations, options_.hash, progress_, cancellation_);
  }

  void tell_learnt(const std::vector<TreeFile>& files, const std::vector<std::size_t>& chosen,
                   std::span<const hash::Digest> digests) {
    for (const std::size_t i : chosen) {
      const auto count = static_cast<std::size_t>(count_digests(files[i]));
      options_.known->learn(files[i], options_.hash, digests.first(count));
      digests = digests.subspan(count);
    }
  }

  // All digests in the order of the files.
  [[nodiscard]] std::vector<hash::Digest> interleave(
      const std::vector<TreeFile>& files, const std::vector<std::vector<hash::Digest>>& known,
      const std::vector<std::size_t>& unknown, std::span<const hash::Digest> computed) const {
    std::vector<hash::Digest> all;
    auto next_unknown = unknown.begin();
    for (std::size_t i = 0; i < files.size(); ++i) {
      std::span<const hash::Digest> digests(known[i]);
      if (next_unknown != unknown.end() && *next_unknown == i) {
        digests = computed.first(static_cast<std::size_t>(count_digests(files[i])));
        computed = computed.subspan(digests.size());
        ++next_unknown;
      }
      all.insert(all.end(), digests.begin(), digests.end());
    }
    return all;
  }

  const ModelTree& tree_;
  const MeasureOptions& options_;
  base::ProgressSink& progress_;
  const base::Cancellation& cancellation_;
};

// Finds names in a list that is sorted by them, those that are asked for in that order at once.
class NameFinder {
 public:
  explicit NameFinder(const std::vector<TreeFile>& sorted) : sorted_(sorted) {}

  bool has(std::string_view name) {
    if (next_ < sorted_.size() && sorted_[next_].name() == name) {
      ++next_;
      return true;
    }
    const auto found = std::lower_bound(
        sorted_.begin(), sorted_.end(), name,
        [](const TreeFile& file, std::string_view n) { return code_point_less(file.name(), n); });
    if (found == sorted_.end() || found->name() != name) return false;
    next_ = static_cast<std::size_t>(found - sorted_.begin()) + 1;
    return true;
  }

 private:
  const std::vector<TreeFile>& sorted_;
  std::size_t next_ = 0;
};

// Adds the signed files that the walk left out, because they are ignored or nobody walked. `files`
// comes sorted and stays so.
Result<void> add_signed_files(const ModelTree& tree, std::span<const Resource> signed_resources,
                              const WalkOptions& options, std::vector<TreeFile>& files) {
  std::vector<TreeFile> added;
  std::set<std::string_view> looked_for;  // a file of many shards is looked for once
  NameFinder listed(files);
  for (const Resource& resource : signed_resources) {
    if (listed.has(resource.name) || !check_resource_name(resource.name)) continue;
    if (!looked_for.insert(resource.name).second) continue;
    HALLMARK_ASSIGN_OR_RETURN(std::optional<TreeFile> file,
                              find_file(tree, resource.name, options));
    if (file) added.push_back(*std::move(file));
  }
  if (added.empty()) return {};
  std::move(added.begin(), added.end(), std::back_inserter(files));
  std::sort(files.begin(), files.end(), [](const TreeFile& a, const TreeFile& b) {
    return code_point_less(a.name(), b.name());
  });
  return {};
}

}  // namespace

Result<Measured> measure_model(const ModelTree& tree, const MeasureOptions& options,
                               base::ProgressSink& progress,
                               const base::Cancellation& cancellation) {
  HALLMARK_ASSIGN_OR_RETURN(Listing listing,
                            list_model(tree, options.ignored, options.walk, cancellation));
  if (listing.files.empty()) {
    return fail(Code::kModelEmpty, fmt::format("the model '{}' has no files to sign",
                                               base::escape_for_display(tree.real_path())));
  }
  HALLMARK_ASSIGN_OR_RETURN(
      Measured measured, Digesting(tree, options, progress, cancellation).run(std::move(listing)));
  if (measured.resources.empty()) {
    return fail(Code::kModelEmpty, "all files of the model are empty, and so have no shard");
  }
  return measured;
}

Result<Measured> measure_signed(const ModelTree& tree, std::span<const Resource> signed_resources,
                                UnsignedFiles unsigned_files, const MeasureOptions& options,
                                base::ProgressSink& progress,
                                const base::Cancellation& cancellation) {
  Listing listing;
  if (unsigned_files == UnsignedFiles::kReport) {
    HALLMARK_ASSIGN_OR_RETURN(listing,
                              list_model(tree, options.ignored, options.walk, cancellation));
  }
  HALLMARK_TRY(add_signed_files(tree, signed_resources, options.walk, listing.files));
  return Digesting(tree, options, progress, cancellation).run(std::move(listing));
}

}  // namespace hallmark::manifest

#include <algorithm>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/manifest/digest_list.h"

namespace hallmark::manifest {
namespace {

using base::escape_for_display;

// More faults than these are counted, not told.
constexpr std::size_t kTold = 5;

// A file of the list, and its size where the list tells it.
struct ListedFile {
  std::string_view name;
  std::uint64_t size = 0;
};

std::vector<ListedFile> files_of(const std::vector<Resource>& resources) {
  std::vector<ListedFile> files;
  files.reserve(resources.size());
  for (const Resource& r : resources) files.push_back({r.name, r.shard.end});
  // The last shard of each file comes first, and is the one that stays.
  std::sort(files.begin(), files.end(), [](const ListedFile& a, const ListedFile& b) {
    return a.name != b.name ? a.name < b.name : a.size > b.size;
  });
  const auto same = [](const ListedFile& a, const ListedFile& b) { return a.name == b.name; };
  files.erase(std::unique(files.begin(), files.end(), same), files.end());
  return files;
}

class Matching {
 public:
  explicit Matching(bool shards) : shards_(shards) {}

  // Both are sorted by name.
  void compare(const std::vector<TreeFile>& present, const std::vector<ListedFile>& listed) {
    auto p = present.begin();
    auto l = listed.begin();
    while (p != present.end() || l != listed.end()) {
      if (p == present.end() || (l != listed.end() && l->name < p->name())) {
        tell(l++->name, "is in the list and not in the model, or ignored there");
      } else if (l == listed.end() || p->name() < l->name) {
        not_listed(*p++);
      } else {
        check_size(*p++, l++->size);
      }
    }
  }

  Result<std::vector<std::string>> without_shard() {
    if (faults_ == 0) return std::move(without_shard_);
    if (faults_ > kTold) told_ += fmt::format("; and {} more", faults_ - kTold);
    return fail(Code::kModelDiffers,
                fmt::format("the model is not what the list of digests is of: {}", told_));
  }

 private:
  void not_listed(const TreeFile& file) {
    if (shards_ && file.location.listed.size == 0) {
      without_shard_.push_back(file.name());
    } else {
      tell(file.name(), "is in the model and not in the list");
    }
  }

  void check_size(const TreeFile& file, std::uint64_t size) {
    if (!shards_ || file.location.listed.size == size) return;
    tell(file.name(),
         fmt::format("has {} bytes, and {} in the list", file.location.listed.size, size));
  }

  void tell(std::string_view name, std::string_view fault) {
    if (++faults_ > kTold) return;
    told_ += fmt::format("{}'{}' {}", told_.empty() ? "" : "; ", escape_for_display(name), fault);
  }

  bool shards_;
  std::size_t faults_ = 0;
  std::string told_;
  std::vector<std::string> without_shard_;
};

}  // namespace

Result<Measured> match_digests(const ModelTree& tree, DigestList list,
                               const MeasureOptions& options,
                               const base::Cancellation& cancellation) {
  HALLMARK_ASSIGN_OR_RETURN(const std::vector<TreeFile> present,
                            list_files(tree, options.ignored, options.walk, cancellation));
  if (present.empty()) {
    return fail(Code::kModelEmpty, fmt::format("the model '{}' has no files to sign",
                                               escape_for_display(tree.real_path())));
  }
  const std::vector<ListedFile> listed = files_of(list.resources);
  Matching matching(list.shard_size != 0);
  matching.compare(present, listed);
  Measured measured;
  HALLMARK_ASSIGN_OR_RETURN(measured.files_without_shard, matching.without_shard());
  measured.files_not_read = present.size();
  measured.resources = std::move(list.resources);
  return measured;
}

}  // namespace hallmark::manifest

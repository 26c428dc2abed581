#include "manifest/status_reader.h"

#include <algorithm>
#include <vector>

namespace hallmark::manifest {
namespace {

// Files that a thread takes at a time: some 50 microseconds, as long as it takes to wake a thread.
constexpr std::size_t kShare = 64;

// One directory is asked at a time, and the kernel lets them in one after the other for a part of
// it.
constexpr std::size_t kMostThreads = 16;

std::string_view name_in_directory(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

}  // namespace

Result<void> StatusReader::read(const base::Directory& directory, std::span<TreeFile> files) {
  if (files.size() <= kShare) return read_some(directory, files);
  if (!pool_) {
    const std::size_t wanted = threads_ != 0 ? threads_ : base::usable_processors();
    pool_.emplace(std::min(wanted, kMostThreads));
  }
  // Shares are begun in order, and those begun are ended: so the first failure is always the same.
  std::vector<Result<void>> outcomes((files.size() + kShare - 1) / kShare);
  pool_->for_each(outcomes.size(), [&](std::size_t i) {
    const std::size_t first = i * kShare;
    outcomes[i] =
        read_some(directory, files.subspan(first, std::min(kShare, files.size() - first)));
    return outcomes[i].has_value();
  });
  for (Result<void>& outcome : outcomes) HALLMARK_TRY(outcome);
  return {};
}

Result<void> StatusReader::read_some(const base::Directory& directory,
                                     std::span<TreeFile> files) const {
  HALLMARK_TRY(cancellation_.check());
  for (TreeFile& file : files) {
    HALLMARK_ASSIGN_OR_RETURN(file.location.listed,
                              directory.status(name_in_directory(file.location.path)));
  }
  return {};
}

}  // namespace hallmark::manifest

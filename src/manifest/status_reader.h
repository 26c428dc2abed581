#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "hallmark/base/cancellation.h"
#include "hallmark/base/directory.h"
#include "hallmark/base/result.h"
#include "hallmark/base/thread_pool.h"
#include "hallmark/manifest/tree.h"

namespace hallmark::manifest {

/// Asks for the status of listed files, of many by several threads: in a model of small files that
/// is a good part of all the work.
class StatusReader {
 public:
  /// `threads` of 0: as many as can run. 16 at most.
  StatusReader(std::size_t threads, const base::Cancellation& cancellation)
      : threads_(threads), cancellation_(cancellation) {}

  /// Fills in what stands at the last component of each path in `directory`; links are not
  /// followed. Of several failures the one of the first file is told.
  Result<void> read(const base::Directory& directory, std::span<TreeFile> files);

 private:
  Result<void> read_some(const base::Directory& directory, std::span<TreeFile> files) const;

  std::size_t threads_;
  const base::Cancellation& cancellation_;
  std::optional<base::ThreadPool> pool_;  // started by the first directory that is worth it
};

}  // namespace hallmark::manifest

#pragma once

#include <vector>

#include "hallmark/hash/file_hasher.h"

namespace hallmark::testing {

/// The files as `hash::hash_files` borrows them; `files` must outlive the answer.
inline std::vector<const hash::FileToHash*> lend(const std::vector<hash::FileToHash>& files) {
  std::vector<const hash::FileToHash*> lent;
  lent.reserve(files.size());
  for (const hash::FileToHash& file : files) lent.push_back(&file);
  return lent;
}

}  // namespace hallmark::testing

#pragma once

#include <cstddef>
#include <string>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"
#include "hallmark/manifest/digest_table.h"

namespace hallmark::manifest {

/// The directory in which a table of digests lies from one run to the next, authenticated with a
/// random key beside it. Both are believed only when nobody but the user could have read or written
/// them: the directory and the files are the user's own, none is a link, and no one else has any
/// permission.
class DigestStore {
 public:
  DigestStore(std::string directory, std::size_t max_bytes)
      : directory_(std::move(directory)), max_bytes_(max_bytes) {}

  /// The table as it was stored; an empty one when none ever was. Fails when there is one that is
  /// not to be believed.
  [[nodiscard]] Result<DigestTable> load() const;

  /// Stores a table in the place of what was there, which need not be believed. The directory and
  /// the key are made where they are missing, and made the user's own where they may be.
  [[nodiscard]] Result<void> store(Bytes table) const;

  [[nodiscard]] const std::string& directory() const { return directory_; }

 private:
  [[nodiscard]] std::string path_of(std::string_view name) const;
  [[nodiscard]] Result<base::Secret> read_or_make_key(bool believed) const;

  std::string directory_;
  std::size_t max_bytes_;
};

}  // namespace hallmark::manifest

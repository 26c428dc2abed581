#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/hash/algorithm.h"

namespace hallmark::model {

/// How the files of a model are chosen and read; the same for signing, verifying and digesting.
struct FileOptions {
  /// Paths to leave out, as the user gives them: absolute or relative to the current directory.
  /// One that is not inside the model is refused with kPathOutsideModel.
  std::vector<std::string> ignore_paths;
  /// Also leave out what git keeps at the model's root.
  bool ignore_git_paths = true;
  /// Follow links that stay within the model instead of refusing them.
  bool allow_symlinks = false;
  /// Threads that hash; 0 is as many as can run.
  std::size_t threads = 0;
  /// Read past the page cache where the file system allows.
  bool direct = false;
  /// Directory of a digest cache (manifest::user_cache_directory): files that it knows are not read
  /// again. Nothing: every file is read. docs/guide/digest-cache.md says what that trusts.
  std::optional<std::string> digest_cache;
};

/// How the files of a model become digests. A verifier takes this from the signature.
struct HashingOptions {
  hash::Algorithm algorithm = hash::Algorithm::kSha256;
  /// Bytes that one digest covers at most, from 1 to manifest::kLargestShardSize; 0: each file has
  /// one digest. Empty files have no shard, so that shards do not cover them.
  std::uint64_t shard_size = 0;
};

/// What a caller asked for where digests exist already; what is not set was not asked for.
struct RequestedHashing {
  std::optional<hash::Algorithm> algorithm;
  std::optional<std::uint64_t> shard_size;
};

/// Where the Python reference 1.1 does something else than OMS v1.0.
enum class Compatibility : std::uint8_t {
  kNone,
  /// Do what the reference can verify or would compute itself: a single file is called ".", the
  /// algorithm of a shard is labelled with the shard size, and `digest_model` orders files
  /// component by component.
  kReference,
};

}  // namespace hallmark::model

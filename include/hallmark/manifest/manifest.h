#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/hash/digest.h"

namespace hallmark::manifest {

/// How files become resources (OMS v1.0 section 6.3).
enum class Method : std::uint8_t {
  kFiles,   ///< One digest a file.
  kShards,  ///< One digest for every `shard_size` bytes that a file begins; an empty one has none.
};

/// "files", "shards".
std::string_view to_string(Method method);

/// Fails with kSerializationMethodUnsupported.
Result<Method> parse_method(std::string_view name);

/// The shard size that OMS v1.0 and the Python reference have as their default, in bytes.
inline constexpr std::uint64_t kDefaultShardSize = 1'000'000'000;

/// The largest shard size: what every reader of JSON holds exactly, 2^53 - 1.
inline constexpr std::uint64_t kLargestShardSize = (std::uint64_t{1} << 53U) - 1;

/// Bytes of a file from `start` up to `end`, which is not among them.
struct ByteRange {
  std::uint64_t start = 0;
  std::uint64_t end = 0;

  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// One signed thing: a file by its name relative to the model's root, or a shard of it.
struct Resource {
  std::string name;
  hash::Digest digest;
  ByteRange shard;  ///< Empty: the whole file. A shard has at least one byte.

  friend bool operator==(const Resource&, const Resource&) = default;
};

/// What a signature says about a model's files (OMS v1.0 section 5.2).
struct Manifest {
  Method method = Method::kFiles;
  std::uint64_t shard_size = 0;  ///< From 1 to kLargestShardSize with kShards, else 0.
  hash::Algorithm algorithm = hash::Algorithm::kSha256;
  bool allow_symlinks = false;
  std::vector<std::string> ignore_paths;
  std::vector<Resource> resources;
};

/// SHA-256 over the digests' raw bytes in the order listed (OMS v1.0 section 6.5), whatever the
/// algorithm of the digests.
hash::Digest root_digest(std::span<const Resource> resources);

/// How many files the resources belong to: every file has exactly one that starts at 0.
std::size_t count_files(std::span<const Resource> resources);

}  // namespace hallmark::manifest

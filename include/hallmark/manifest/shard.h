#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "hallmark/base/result.h"
#include "hallmark/manifest/manifest.h"

// Shards and their names (OMS v1.0 section 6.3.2). In a statement a shard is called
// "path:start:end", with decimal offsets of bytes. A path may hold colons itself: what counts are
// the last two, as every name ends in two numbers.

namespace hallmark::manifest {

/// What the name of a shard says.
struct ShardName {
  std::string_view file;  ///< Part of the text that was parsed; not checked to be a path.
  ByteRange range;
};

/// Reads "path:start:end": two numbers without sign or leading zeros, below 2^63, the second one
/// larger. Fails with kShardNameInvalid.
Result<ShardName> parse_shard_name(std::string_view name);

/// The name of a resource in a statement: of a file its path, of a shard "path:start:end".
std::string name_in_statement(const Resource& resource);

/// The order of OMS v1.0 section 5.2.1: code points of the whole name in the statement. So the
/// shard that starts at 1000 stands before the one at 200, and "a-b:0:1" before "a:0:1".
bool statement_order(const Resource& a, const Resource& b);

/// The order of the Python reference: components of the path, then the offset.
bool reference_order(const Resource& a, const Resource& b);

/// Checks that the shards of each file, in whatever order, tile it from its first byte on: no gap,
/// no overlap, every one of `shard_size` bytes but the last, which may be shorter. Fails with
/// kResourceNameDuplicate or kShardLayoutInvalid.
Result<void> check_shard_layout(std::span<const Resource> resources, std::uint64_t shard_size);

}  // namespace hallmark::manifest

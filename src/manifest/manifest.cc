#include "hallmark/manifest/manifest.h"

#include <algorithm>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/hash/hasher.h"

namespace hallmark::manifest {

std::string_view to_string(Method method) {
  switch (method) {
    case Method::kFiles:
      return "files";
    case Method::kShards:
      return "shards";
  }
  HALLMARK_CHECK(false);
  return {};
}

Result<Method> parse_method(std::string_view name) {
  if (name == "files") return Method::kFiles;
  if (name == "shards") return Method::kShards;
  return fail(Code::kSerializationMethodUnsupported,
              fmt::format("expected serialization method files or shards, found '{}'",
                          base::escape_for_display(name)));
}

hash::Digest root_digest(std::span<const Resource> resources) {
  constexpr std::size_t kEnough = 4096;  // many at a time: a call costs as much as a digest
  hash::Hasher hasher(hash::Algorithm::kSha256);
  Bytes some;
  some.reserve(kEnough + hash::kLongestDigest);
  for (const Resource& resource : resources) {
    const ByteView digest = resource.digest.bytes();
    some.insert(some.end(), digest.begin(), digest.end());
    if (some.size() < kEnough) continue;
    hasher.update(some);
    some.clear();
  }
  hasher.update(some);
  return hasher.finish();
}

std::size_t count_files(std::span<const Resource> resources) {
  return static_cast<std::size_t>(
      std::count_if(resources.begin(), resources.end(),
                    [](const Resource& resource) { return resource.shard.start == 0; }));
}

}  // namespace hallmark::manifest

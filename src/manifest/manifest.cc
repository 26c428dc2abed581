#include "hallmark/manifest/manifest.h"

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/hash/hasher.h"

namespace hallmark::manifest {

std::string_view to_string(Method method) {
  switch (method) {
    case Method::kFiles:
      return "files";
  }
  HALLMARK_CHECK(false);
  return {};
}

Result<Method> parse_method(std::string_view name) {
  if (name == "files") return Method::kFiles;
  return fail(Code::kSerializationMethodUnsupported,
              fmt::format("expected serialization method files, found '{}'",
                          base::escape_for_display(name)));
}

hash::Digest root_digest(std::span<const Resource> resources) {
  hash::Hasher hasher(hash::Algorithm::kSha256);
  for (const Resource& resource : resources) hasher.update(resource.digest.bytes());
  return hasher.finish();
}

}  // namespace hallmark::manifest

#pragma once

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
  kFiles,  ///< One digest a file.
};

/// "files".
std::string_view to_string(Method method);

/// Fails with kSerializationMethodUnsupported.
Result<Method> parse_method(std::string_view name);

/// One signed thing: a file by its name relative to the model's root.
struct Resource {
  std::string name;
  hash::Digest digest;

  friend bool operator==(const Resource&, const Resource&) = default;
};

/// What a signature says about a model's files (OMS v1.0 section 5.2).
struct Manifest {
  Method method = Method::kFiles;
  hash::Algorithm algorithm = hash::Algorithm::kSha256;
  bool allow_symlinks = false;
  std::vector<std::string> ignore_paths;
  std::vector<Resource> resources;
};

/// SHA-256 over the digests' raw bytes in the order listed (OMS v1.0 section 6.5).
hash::Digest root_digest(std::span<const Resource> resources);

}  // namespace hallmark::manifest

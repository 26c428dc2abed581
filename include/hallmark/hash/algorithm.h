#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "hallmark/base/result.h"

namespace hallmark::hash {

/// The hash functions that Hallmark computes.
enum class Algorithm : std::uint8_t { kSha256 };

/// The name on the wire, as OMS v1.0 registers it: "sha256".
std::string_view to_string(Algorithm algorithm);

/// Reads a wire name. Fails with kHashAlgorithmUnsupported.
Result<Algorithm> parse_algorithm(std::string_view name);

/// Length of a digest in bytes.
std::size_t digest_size(Algorithm algorithm);

}  // namespace hallmark::hash

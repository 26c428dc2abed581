#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "hallmark/base/result.h"

namespace hallmark::hash {

/// The hash functions that Hallmark computes.
enum class Algorithm : std::uint8_t {
  kSha256,
  kSha384,
  kSha512,
  kBlake2b,  ///< RFC 7693 with the longest digest, 64 bytes.
  kBlake3,   ///< Unkeyed, 32 bytes.
};

inline constexpr auto kAlgorithms =
    std::to_array({Algorithm::kSha256, Algorithm::kSha384, Algorithm::kSha512, Algorithm::kBlake2b,
                   Algorithm::kBlake3});

/// The length of the longest digest, in bytes.
inline constexpr std::size_t kLongestDigest = 64;

/// "sha256", "sha384", "sha512", "blake2b", "blake3"; on the wire where OMS v1.0 registers it.
std::string_view to_string(Algorithm algorithm);

/// Reads such a name. Fails with kHashAlgorithmUnsupported.
Result<Algorithm> parse_algorithm(std::string_view name);

/// Whether OMS v1.0 registers the algorithm: no other may stand in a signature.
bool is_registered(Algorithm algorithm);

/// Reads the name of a registered algorithm. Fails with kHashAlgorithmUnsupported.
Result<Algorithm> parse_registered_algorithm(std::string_view name);

/// Length of a digest in bytes.
std::size_t digest_size(Algorithm algorithm);

}  // namespace hallmark::hash

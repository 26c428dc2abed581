#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "hallmark/base/result.h"

namespace hallmark::manifest {

inline constexpr std::size_t kTarBlock = 512;
using TarBlock = std::array<std::uint8_t, kTarBlock>;

/// The block before a member of a tar archive (POSIX.1-2017, pax, "ustar Interchange Format", and
/// the form of GNU tar).
struct TarHeader {
  std::string name;        ///< The prefix of ustar put before it.
  char type = '0';         ///< '0' also where the block has NUL.
  std::uint64_t size = 0;  ///< Bytes that follow; below 2^63.
};

/// Fails with kArchiveMalformed, kArchiveChecksumMismatch, or kArchiveUnsupported.
Result<TarHeader> decode_tar_header(const TarBlock& block);

}  // namespace hallmark::manifest

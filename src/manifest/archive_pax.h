#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hallmark/base/result.h"

namespace hallmark::manifest {

/// What a pax header (POSIX.1-2017, pax, "pax Extended Header") says of the member after it.
struct PaxHeader {
  std::optional<std::string> path;
  std::optional<std::uint64_t> size;
  bool has_link = false;  ///< There is a `linkpath`.
};

/// Reads the records of a header. Times, owners, attributes and what nobody reads are skipped.
/// Fails with kArchiveMalformed, or with kArchiveUnsupported for records that give a member's
/// contents another form (sparse files, volumes).
Result<PaxHeader> parse_pax_header(std::string_view text);

}  // namespace hallmark::manifest

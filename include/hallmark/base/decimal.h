#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hallmark::base {

/// Reads a number in the one spelling that it has: decimal digits without sign, leading zeros or
/// anything around them. Nothing when the text is no such number, or is above 2^64 - 1.
std::optional<std::uint64_t> parse_decimal(std::string_view text);

}  // namespace hallmark::base

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace hallmark::base {

struct CodePoint {
  char32_t value;
  std::size_t length;  // bytes
};

/// The code point whose UTF-8 begins at byte `i`; nothing when what stands there is not UTF-8.
std::optional<CodePoint> decode_at(std::string_view text, std::size_t i);

/// A character that could move the cursor, reorder or hide what stands beside it.
bool is_deceptive(char32_t c);

}  // namespace hallmark::base

#include "hallmark/base/utf8.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

#include <fmt/core.h>

#include "base/code_point.h"

namespace hallmark::base {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t i) {
  return static_cast<std::uint8_t>(text[i]);
}

// What the first byte of a sequence promises, and the smallest value that needs that length.
struct Lead {
  std::size_t length;
  std::uint8_t bits;
  char32_t smallest;
};

std::optional<Lead> lead_of(std::uint8_t byte) {
  if (byte < 0x80) return Lead{1, byte, 0};
  if (byte < 0xc2) return std::nullopt;
  if (byte < 0xe0) return Lead{2, static_cast<std::uint8_t>(byte & 0x1fU), 0x80};
  if (byte < 0xf0) return Lead{3, static_cast<std::uint8_t>(byte & 0x0fU), 0x800};
  if (byte < 0xf5) return Lead{4, static_cast<std::uint8_t>(byte & 0x07U), 0x10000};
  return std::nullopt;
}

struct Range {
  char32_t first;
  char32_t last;
};

// Unicode 15: controls, White_Space but for the ASCII blank, Default_Ignorable_Code_Point, and what
// looks blank or annotates (the empty braille pattern, U+FFF9 to U+FFFB).
constexpr std::array kDeceptive = {
    Range{0x0000, 0x001f},   Range{0x007f, 0x00a0},   Range{0x00ad, 0x00ad},
    Range{0x034f, 0x034f},   Range{0x061c, 0x061c},   Range{0x115f, 0x1160},
    Range{0x1680, 0x1680},   Range{0x17b4, 0x17b5},   Range{0x180b, 0x180f},
    Range{0x2000, 0x200f},   Range{0x2028, 0x202f},   Range{0x205f, 0x206f},
    Range{0x2800, 0x2800},   Range{0x3000, 0x3000},   Range{0x3164, 0x3164},
    Range{0xfe00, 0xfe0f},   Range{0xfeff, 0xfeff},   Range{0xffa0, 0xffa0},
    Range{0xfff0, 0xfffb},   Range{0x1bca0, 0x1bca3}, Range{0x1d173, 0x1d17a},
    Range{0xe0000, 0xe0fff},
};

void append_escaped(std::string& out, char32_t c) {
  if (c == '\n') {
    out += "\\n";
  } else if (c == '\t') {
    out += "\\t";
  } else if (c < 0x80) {
    out += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
  } else {
    out += fmt::format("\\u{{{:x}}}", static_cast<unsigned>(c));
  }
}

}  // namespace

std::optional<CodePoint> decode_at(std::string_view text, std::size_t i) {
  const auto lead = lead_of(byte_at(text, i));
  if (!lead || text.size() - i < lead->length) return std::nullopt;
  char32_t value = lead->bits;
  for (std::size_t k = 1; k < lead->length; ++k) {
    const std::uint8_t byte = byte_at(text, i + k);
    if ((byte & 0xc0U) != 0x80) return std::nullopt;
    value = (value << 6U) | (byte & 0x3fU);
  }
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < lead->smallest || value > 0x10ffff || surrogate) return std::nullopt;
  return CodePoint{value, lead->length};
}

bool is_deceptive(char32_t c) {
  const auto* after = std::upper_bound(kDeceptive.begin(), kDeceptive.end(), c,
                                       [](char32_t v, const Range& r) { return v < r.first; });
  return after != kDeceptive.begin() && c <= std::prev(after)->last;
}

std::size_t find_invalid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (byte_at(text, i) < 0x80) {
      ++i;
      continue;
    }
    const auto point = decode_at(text, i);
    if (!point) return i;
    i += point->length;
  }
  return std::string_view::npos;
}

std::string escape_for_display(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto point = decode_at(text, i);
    if (!point) {
      out += fmt::format("\\x{:02x}", byte_at(text, i));
      ++i;
      continue;
    }
    if (point->value == '\\' || point->value == '\'') {
      out += {'\\', static_cast<char>(point->value)};
    } else if (is_deceptive(point->value)) {
      append_escaped(out, point->value);
    } else {
      out.append(text, i, point->length);
    }
    i += point->length;
  }
  return out;
}

}  // namespace hallmark::base

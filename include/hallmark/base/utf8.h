#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hallmark::base {

/// Offset of the first byte that is not well-formed UTF-8 (Unicode 15 table 3-7: no surrogates, no
/// overlong forms, nothing above U+10FFFF), or `npos` when all is well.
std::size_t find_invalid_utf8(std::string_view text);

inline bool is_utf8(std::string_view text) {
  return find_invalid_utf8(text) == std::string_view::npos;
}

/// Text fit for a terminal or a log line: control characters (C0, DEL, C1), line and paragraph
/// separators, bidirectional controls, characters that cannot be seen, blanks but that of ASCII,
/// bytes that are not UTF-8, the backslash and the single quote are written as \n, \t, \\, \',
/// \xNN or \u{N}. Nothing a file name holds can then move the cursor, fake a line, end the quotes
/// that stand around it or look like another name by being unseen.
std::string escape_for_display(std::string_view text);

}  // namespace hallmark::base

#pragma once

#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

namespace hallmark::base {

/// Base64 text with padding, standard alphabet, one line (RFC 4648 section 4).
std::string encode_base64(ByteView bytes);

/// The same, appended to a text.
void append_base64(std::string& text, ByteView bytes);

/// Reads base64 text with padding, standard alphabet. White space, missing or misplaced padding
/// and unused bits that are not zero are refused with `kBase64Malformed` and the offset of the
/// fault: every byte string has exactly one accepted spelling.
Result<Bytes> decode_base64(std::string_view text);

}  // namespace hallmark::base

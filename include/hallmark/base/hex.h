#pragma once

#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

namespace hallmark::base {

/// Lower-case hexadecimal text, two digits a byte.
std::string encode_hex(ByteView bytes);

/// Reads lower-case hexadecimal text. Upper-case digits, spaces and an odd length are refused with
/// `kHexMalformed` and the offset of the fault.
Result<Bytes> decode_hex(std::string_view text);

}  // namespace hallmark::base

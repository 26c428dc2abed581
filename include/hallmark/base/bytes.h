#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark {

/// Owned binary data.
using Bytes = std::vector<std::uint8_t>;

/// Binary data that somebody else owns.
using ByteView = std::span<const std::uint8_t>;

/// The bytes of a text, without a copy.
inline ByteView bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Bytes seen as text, without a copy and without a check of the encoding.
inline std::string_view text_of(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace hallmark

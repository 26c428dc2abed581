#include "hallmark/base/hex.h"

#include <fmt/core.h>

namespace hallmark::base {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

int value_of(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  return -1;
}

}  // namespace

std::string encode_hex(ByteView bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    text.push_back(kDigits[byte >> 4U]);
    text.push_back(kDigits[byte & 0xfU]);
  }
  return text;
}

Result<Bytes> decode_hex(std::string_view text) {
  Bytes bytes((text.size() + 1) / 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int value = value_of(text[i]);
    if (value < 0) {
      return fail(Code::kHexMalformed,
                  fmt::format("expected a lower-case hex digit at offset {}, found byte 0x{:02x}",
                              i, static_cast<unsigned char>(text[i])));
    }
    std::uint8_t& byte = bytes[i / 2];
    byte = static_cast<std::uint8_t>((unsigned{byte} << 4U) | static_cast<unsigned>(value));
  }
  if (text.size() % 2 != 0) {
    return fail(Code::kHexMalformed,
                fmt::format("expected a hex digit at offset {}, found the end", text.size()));
  }
  return bytes;
}

}  // namespace hallmark::base

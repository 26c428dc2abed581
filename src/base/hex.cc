#include "hallmark/base/hex.h"

#include <array>

#include <fmt/core.h>

namespace hallmark::base {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

constexpr std::uint8_t kInvalid = 0xff;

constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(kInvalid);
  for (std::size_t i = 0; i < kDigits.size(); ++i) {
    values[static_cast<unsigned char>(kDigits[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}

constexpr std::array<std::uint8_t, 256> kValues = make_values();

std::uint8_t value_of(char digit) { return kValues[static_cast<unsigned char>(digit)]; }

// The first character that is no digit, or else the end of a text of odd length.
tl::unexpected<Error> not_hex(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (value_of(text[i]) != kInvalid) continue;
    return fail(Code::kHexMalformed,
                fmt::format("expected a lower-case hex digit at offset {}, found byte 0x{:02x}", i,
                            static_cast<unsigned char>(text[i])));
  }
  return fail(Code::kHexMalformed,
              fmt::format("expected a hex digit at offset {}, found the end", text.size()));
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
  if (text.size() % 2 != 0) return not_hex(text);
  Bytes bytes(text.size() / 2);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const unsigned high = value_of(text[2 * i]);
    const unsigned low = value_of(text[2 * i + 1]);
    if ((high | low) > 15U) return not_hex(text);
    bytes[i] = static_cast<std::uint8_t>(high << 4U | low);
  }
  return bytes;
}

}  // namespace hallmark::base

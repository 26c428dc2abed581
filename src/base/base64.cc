#include "hallmark/base/base64.h"

#include <array>

#include <fmt/core.h>

#include "hallmark/base/secret.h"

namespace hallmark::base {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kInvalid = 0xff;

constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(kInvalid);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}

constexpr std::array<std::uint8_t, 256> kValues = make_values();

std::uint8_t value_of(char c) { return kValues[static_cast<unsigned char>(c)]; }

tl::unexpected<Error> bad_character(std::string_view text, std::size_t offset) {
  return fail(Code::kBase64Malformed,
              fmt::format("expected a base64 character at offset {}, found byte 0x{:02x}", offset,
                          static_cast<unsigned char>(text[offset])));
}

// A text of the wrong length: the character that does not belong there, or else the end.
tl::unexpected<Error> bad_length(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=' && value_of(text[i]) == kInvalid) return bad_character(text, i);
  }
  return fail(Code::kBase64Malformed,
              fmt::format("expected a base64 character at offset {}, found the end", text.size()));
}

std::size_t padding_of(std::string_view text) {
  if (text.ends_with("==")) return 2;
  return text.ends_with("=") ? 1 : 0;
}

// The last group, when padded, has bits that belong to no byte; only zeros are the one spelling.
Result<void> append_padded_group(Bytes& out, std::string_view text, std::size_t padding) {
  const std::size_t start = text.size() - 4;
  std::uint32_t group = 0;
  for (std::size_t i = start; i < text.size() - padding; ++i) {
    const std::uint8_t value = value_of(text[i]);
    if (value == kInvalid) return bad_character(text, i);
    group = (group << 6U) | value;
  }
  const unsigned unused_bits = padding == 1 ? 2 : 4;
  if ((group & ((1U << unused_bits) - 1)) != 0) {
    return fail(Code::kBase64Malformed,
                fmt::format("unused bits are not zero at offset {}", text.size() - padding - 1));
  }
  group >>= unused_bits;
  if (padding == 1) out.push_back(static_cast<std::uint8_t>(group >> 8U));
  out.push_back(static_cast<std::uint8_t>(group));
  return {};
}

// The first character among these four that is none of base64.
tl::unexpected<Error> bad_group(std::string_view text, std::size_t offset) {
  while (value_of(text[offset]) != kInvalid) ++offset;
  return bad_character(text, offset);
}

Result<void> decode_into(Bytes& out, std::string_view text) {
  const std::size_t padding = padding_of(text);
  const std::size_t whole = padding == 0 ? text.size() : text.size() - 4;
  out.resize(whole / 4 * 3);
  std::uint8_t* next = out.data();
  for (std::size_t i = 0; i < whole; i += 4) {
    const std::uint32_t a = value_of(text[i]);
    const std::uint32_t b = value_of(text[i + 1]);
    const std::uint32_t c = value_of(text[i + 2]);
    const std::uint32_t d = value_of(text[i + 3]);
    if ((a | b | c | d) > 63U) return bad_group(text, i);
    *next++ = static_cast<std::uint8_t>(a << 2U | b >> 4U);
    *next++ = static_cast<std::uint8_t>(b << 4U | c >> 2U);
    *next++ = static_cast<std::uint8_t>(c << 6U | d);
  }
  if (padding != 0) HALLMARK_TRY(append_padded_group(out, text, padding));
  return {};
}

}  // namespace

void append_base64(std::string& text, ByteView bytes) {
  text.reserve(text.size() + (bytes.size() + 2) / 3 * 4);
  std::size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3) {
    const auto group =
        static_cast<std::uint32_t>(bytes[i] << 16U | bytes[i + 1] << 8U | bytes[i + 2]);
    for (unsigned shift = 24; shift > 0;) text.push_back(kAlphabet[(group >> (shift -= 6)) & 63U]);
  }
  const std::size_t rest = bytes.size() - i;
  if (rest == 0) return;
  const auto group =
      static_cast<std::uint32_t>(bytes[i] << 16U | (rest == 2 ? bytes[i + 1] << 8U : 0));
  text.push_back(kAlphabet[group >> 18U]);
  text.push_back(kAlphabet[(group >> 12U) & 63U]);
  text.push_back(rest == 2 ? kAlphabet[(group >> 6U) & 63U] : '=');
  text.push_back('=');
}

std::string encode_base64(ByteView bytes) {
  std::string text;
  append_base64(text, bytes);
  return text;
}

Result<Bytes> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0) return bad_length(text);
  Bytes out;
  out.reserve(text.size() / 4 * 3);
  auto decoded = decode_into(out, text);
  if (decoded) return out;
  wipe(out);  // a part of a key, perhaps
  return fail(std::move(decoded.error()));
}

}  // namespace hallmark::base

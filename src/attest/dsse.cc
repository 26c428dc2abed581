#include "hallmark/attest/dsse.h"

#include <fmt/core.h>

namespace hallmark::attest {
namespace {

Bytes encode(std::string_view prefix, std::size_t length, std::string_view body) {
  const std::string head =
      fmt::format("{} {} {} {} ", prefix, kInTotoPayloadType.size(), kInTotoPayloadType, length);
  Bytes out;
  out.reserve(head.size() + body.size());
  const ByteView head_bytes = bytes_of(head);
  const ByteView body_bytes = bytes_of(body);
  out.insert(out.end(), head_bytes.begin(), head_bytes.end());
  out.insert(out.end(), body_bytes.begin(), body_bytes.end());
  return out;
}

constexpr std::string_view kHexDigits = "0123456789abcdef";

// repr() of a Python bytes object: single quotes, unless the text has some and no double ones.
std::string python_bytes_literal(std::string_view text) {
  const bool has_single = text.find('\'') != std::string_view::npos;
  const bool has_double = text.find('"') != std::string_view::npos;
  const char quote = has_single && !has_double ? '"' : '\'';
  std::string literal = {'b', quote};
  for (const char c : text) {
    if (c == '\\' || c == quote) {
      literal += {'\\', c};
    } else if (c == '\n') {
      literal += "\\n";
    } else if (c == '\r') {
      literal += "\\r";
    } else if (c == '\t') {
      literal += "\\t";
    } else if (c < 0x20 || c >= 0x7f) {
      const auto byte = static_cast<unsigned char>(c);
      literal += {'\\', 'x', kHexDigits[byte >> 4U], kHexDigits[byte & 0xfU]};
    } else {
      literal.push_back(c);
    }
  }
  literal.push_back(quote);
  return literal;
}

}  // namespace

Bytes pre_authentication_encoding(ByteView payload) {
  return encode("DSSEv1", payload.size(), text_of(payload));
}

Bytes legacy_pre_authentication_encoding(ByteView payload) {
  return encode("DSSEV1", payload.size(), python_bytes_literal(text_of(payload)));
}

}  // namespace hallmark::attest

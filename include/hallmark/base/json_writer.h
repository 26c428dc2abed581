#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/json.h"

namespace hallmark::base {

/// Appends a string literal as RFC 8785 section 3.2.2.2 spells it: only the quotation mark, the
/// backslash and control characters are escaped. `text` must be UTF-8.
void append_json_string(std::string& out, std::string_view text);

/// Appends a finite number as RFC 8785 section 3.2.2.3 (ECMAScript) spells it.
void append_json_number(std::string& out, double value);

/// Writes compact JSON piece by piece, so that a document of a million entries never has to exist
/// as values. The caller keeps the grammar (every key followed by one value); commas are put here.
class JsonWriter {
 public:
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);
  void string(std::string_view value);
  void integer(std::uint64_t value);
  void boolean(bool value);

  /// Writes bytes as a string of base64 (RFC 4648 section 4), without holding that text twice.
  void base64(ByteView bytes);

  /// Makes room for that many bytes of text, so that a long one is not copied as it grows.
  void reserve(std::size_t bytes) { out_.reserve(bytes); }

  /// Appends text that is JSON already.
  void raw(std::string_view json);

  /// The text written so far, taken out of the writer.
  [[nodiscard]] std::string take() && { return std::move(out_); }
  [[nodiscard]] const std::string& text() const { return out_; }

 private:
  void open(char bracket);
  void close(char bracket);
  void separate();

  std::string out_;
  bool needs_comma_ = false;
};

/// A value as compact JSON, members in the order of the object. `parse_json` gives an equal value
/// back: a double is always spelled with a point or an exponent.
std::string write_json(const JsonValue& value);

/// A value as JSON for people: two spaces a level, one member a line, final newline. Characters
/// that `escape_for_display` escapes are written as \uXXXX, as it may well go to a terminal.
std::string write_json_indented(const JsonValue& value);

/// A value as canonical JSON (RFC 8785): members sorted by UTF-16 code units, ECMAScript numbers.
/// Fails with kJsonNumberRange when an integer is beyond 2^53 - 1, where a double loses it. Doubles
/// from 2^64 to 10^21 come out as integers that `parse_json` refuses to round.
Result<std::string> write_canonical_json(const JsonValue& value);

}  // namespace hallmark::base

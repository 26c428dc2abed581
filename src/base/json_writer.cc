#include "hallmark/base/json_writer.h"

#include <fmt/core.h>

#include "base/code_point.h"
#include "hallmark/base/base64.h"

namespace hallmark::base {
namespace {

void append_escape(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\b':
      out += "\\b";
      break;
    case '\f':
      out += "\\f";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
  }
}

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

// Compact or indented text of a value, in the order of its members.
class ValueWriter {
 public:
  explicit ValueWriter(bool indented) : indented_(indented) {}

  void write(const JsonValue& value) {
    std::visit([this](const auto& v) { write_one(v); }, value.storage());
  }

  std::string take() && { return std::move(out_); }

 private:
  void write_one(std::nullptr_t) { out_ += "null"; }
  void write_one(bool value) { out_ += value ? "true" : "false"; }
  void write_one(std::int64_t value) { out_ += std::to_string(value); }
  void write_one(std::uint64_t value) { out_ += std::to_string(value); }
  // A double stays one when it is read again: without a point it would be an integer, perhaps one
  // that is too large for any.
  void write_one(double value) {
    const std::size_t start = out_.size();
    append_json_number(out_, value);
    if (out_.find_first_of(".e", start) == std::string::npos) out_ += ".0";
  }
  void write_one(const std::string& value) { append_json_string(out_, value); }

  void write_one(const JsonArray& array) {
    write_list('[', array, ']', [this](const JsonValue& element) { write(element); });
  }

  void write_one(const JsonObject& object) {
    write_list('{', object, '}', [this](const auto& member) {
      append_json_string(out_, member.first);
      out_ += indented_ ? ": " : ":";
      write(member.second);
    });
  }

  template <typename List, typename WriteItem>
  void write_list(char open, const List& list, char close, const WriteItem& write_item) {
    out_.push_back(open);
    ++depth_;
    bool first = true;
    for (const auto& item : list) {
      if (!first) out_.push_back(',');
      first = false;
      break_line();
      write_item(item);
    }
    --depth_;
    if (!list.empty()) break_line();
    out_.push_back(close);
  }

  void break_line() {
    if (!indented_) return;
    out_.push_back('\n');
    out_.append(depth_ * 2, ' ');
  }

  bool indented_;
  std::size_t depth_ = 0;
  std::string out_;
};

void append_code_unit(std::string& out, char32_t unit) {
  out += fmt::format("\\u{:04x}", static_cast<unsigned>(unit));
}

// Above U+FFFF JSON has no escape but that of the two UTF-16 code units.
void append_unicode_escape(std::string& out, char32_t c) {
  if (c <= 0xffff) return append_code_unit(out, c);
  append_code_unit(out, 0xd800 + ((c - 0x10000) >> 10U));
  append_code_unit(out, 0xdc00 + ((c - 0x10000) & 0x3ffU));
}

// Of JSON, only strings can hold any of these characters: the text stays the same JSON.
std::string escape_deceptive(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  std::size_t start = 0;
  for (std::size_t i = 0; i < json.size();) {
    const auto byte = static_cast<unsigned char>(json[i]);
    const auto point = byte < 0x7f ? std::nullopt : decode_at(json, i);
    if (point && is_deceptive(point->value)) {
      out.append(json, start, i - start);
      append_unicode_escape(out, point->value);
      start = i + point->length;
    }
    i += point ? point->length : 1;
  }
  out.append(json, start);
  return out;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out.push_back('"');
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!needs_escape(text[i])) continue;
    out.append(text, start, i - start);
    append_escape(out, text[i]);
    start = i + 1;
  }
  out.append(text, start);
  out.push_back('"');
}

void JsonWriter::separate() {
  if (needs_comma_) out_.push_back(',');
  needs_comma_ = true;
}

void JsonWriter::open(char bracket) {
  separate();
  out_.push_back(bracket);
  needs_comma_ = false;
}

void JsonWriter::close(char bracket) {
  out_.push_back(bracket);
  needs_comma_ = true;
}

void JsonWriter::key(std::string_view name) {
  separate();
  append_json_string(out_, name);
  out_.push_back(':');
  needs_comma_ = false;
}

void JsonWriter::string(std::string_view value) {
  separate();
  append_json_string(out_, value);
}

void JsonWriter::integer(std::uint64_t value) {
  separate();
  out_ += std::to_string(value);
}

void JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
}

void JsonWriter::base64(ByteView bytes) {
  separate();
  out_.push_back('"');
  append_base64(out_, bytes);
  out_.push_back('"');
}

void JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
}

std::string write_json(const JsonValue& value) {
  ValueWriter writer(/*indented=*/false);
  writer.write(value);
  return std::move(writer).take();
}

std::string write_json_indented(const JsonValue& value) {
  ValueWriter writer(/*indented=*/true);
  writer.write(value);
  return escape_deceptive(std::move(writer).take()) + "\n";
}

}  // namespace hallmark::base

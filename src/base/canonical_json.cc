// Canonical JSON (RFC 8785, JCS).

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include <fmt/core.h>

#include "hallmark/base/json_writer.h"

namespace hallmark::base {
namespace {

constexpr std::uint64_t kLargestExactInteger = (std::uint64_t{1} << 53U) - 1;

// Whether `a` sorts before `b` by UTF-16 code units (RFC 8785 section 3.2.3). Bytes of UTF-8 sort
// like code points; the two orders differ only where a surrogate (code points from U+10000, lead
// byte 0xF0 and above) meets U+E000 to U+FFFF (lead bytes 0xEE and 0xEF).
bool utf16_less(std::string_view a, std::string_view b) {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (x == a.end() || y == b.end()) return x == a.end() && y != b.end();
  const auto left = static_cast<unsigned char>(*x);
  const auto right = static_cast<unsigned char>(*y);
  const bool left_high = left >= 0xf0;
  const bool right_high = right >= 0xf0;
  if (left_high != right_high && left >= 0xee && right >= 0xee) return left_high;
  return left < right;
}

class CanonicalWriter {
 public:
  Result<void> write(const JsonValue& value) {
    return std::visit([this](const auto& v) { return write_one(v); }, value.storage());
  }

  std::string take() && { return std::move(out_); }

 private:
  Result<void> write_one(std::nullptr_t) { return append("null"); }
  Result<void> write_one(bool value) { return append(value ? "true" : "false"); }
  Result<void> write_one(const std::string& value) {
    append_json_string(out_, value);
    return {};
  }
  Result<void> write_one(double value) {
    append_json_number(out_, value);
    return {};
  }
  Result<void> write_one(std::int64_t value) {
    const auto magnitude =
        value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
    HALLMARK_TRY(check_exact(magnitude));
    return append(std::to_string(value));
  }
  Result<void> write_one(std::uint64_t value) {
    HALLMARK_TRY(check_exact(value));
    return append(std::to_string(value));
  }

  Result<void> write_one(const JsonArray& array) {
    out_.push_back('[');
    for (std::size_t i = 0; i < array.size(); ++i) {
      if (i > 0) out_.push_back(',');
      HALLMARK_TRY(write(array[i]));
    }
    out_.push_back(']');
    return {};
  }

  Result<void> write_one(const JsonObject& object) {
    std::vector<const JsonObject::value_type*> members;
    members.reserve(object.size());
    for (const auto& member : object) members.push_back(&member);
    std::sort(members.begin(), members.end(),
              [](const auto* a, const auto* b) { return utf16_less(a->first, b->first); });
    out_.push_back('{');
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0) out_.push_back(',');
      append_json_string(out_, members[i]->first);
      out_.push_back(':');
      HALLMARK_TRY(write(members[i]->second));
    }
    out_.push_back('}');
    return {};
  }

  Result<void> append(std::string_view text) {
    out_ += text;
    return {};
  }

  static Result<void> check_exact(std::uint64_t magnitude) {
    if (magnitude <= kLargestExactInteger) return {};
    return fail(Code::kJsonNumberRange,
                fmt::format("canonical JSON has no integer beyond 2^53 - 1, found {}", magnitude));
  }

  std::string out_;
};

// The shortest decimal digits of a positive double, without point, and the power of ten of the
// place before the first digit: 0.00123 is "123" and -2.
struct Digits {
  std::string digits;
  int point = 0;
};

Digits shortest_digits(double value) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
  const std::size_t e = text.find('e');
  Digits result;
  for (const char c : text.substr(0, e)) {
    if (c != '.') result.digits.push_back(c);
  }
  const std::string_view exponent = text.substr(text[e + 1] == '+' ? e + 2 : e + 1);
  std::from_chars(exponent.data(), exponent.data() + exponent.size(), result.point);
  ++result.point;
  return result;
}

}  // namespace

// ECMAScript Number::toString for radix 10, as RFC 8785 section 3.2.2.3 demands.
void append_json_number(std::string& out, double value) {
  HALLMARK_CHECK(std::isfinite(value));
  if (value == 0) {
    out.push_back('0');
    return;
  }
  if (value < 0) out.push_back('-');
  const Digits number = shortest_digits(std::fabs(value));
  const int count = static_cast<int>(number.digits.size());
  const int point = number.point;
  if (count <= point && point <= 21) {
    out += number.digits + std::string(static_cast<std::size_t>(point - count), '0');
  } else if (0 < point && point <= 21) {
    out += number.digits.substr(0, static_cast<std::size_t>(point)) + "." +
           number.digits.substr(static_cast<std::size_t>(point));
  } else if (-6 < point && point <= 0) {
    out += "0." + std::string(static_cast<std::size_t>(-point), '0') + number.digits;
  } else {
    out += number.digits.substr(0, 1);
    if (count > 1) out += "." + number.digits.substr(1);
    out += fmt::format("e{}{}", point > 0 ? '+' : '-', std::abs(point - 1));
  }
}

Result<std::string> write_canonical_json(const JsonValue& value) {
  CanonicalWriter writer;
  HALLMARK_TRY(writer.write(value));
  return std::move(writer).take();
}

}  // namespace hallmark::base

#include "hallmark/base/utf8.h"

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace hallmark::base {
namespace {

// The ends of every row of Unicode table 3-7.
constexpr std::string_view kWellFormed[] = {
    std::string_view("\0", 1),
    "\x7f",
    "\xc2\x80",
    "\xdf\xbf",
    "\xe0\xa0\x80",
    "\xe0\xbf\xbf",
    "\xe1\x80\x80",
    "\xec\xbf\xbf",
    "\xed\x80\x80",
    "\xed\x9f\xbf",
    "\xee\x80\x80",
    "\xef\xbf\xbf",
    "\xf0\x90\x80\x80",
    "\xf0\xbf\xbf\xbf",
    "\xf1\x80\x80\x80",
    "\xf3\xbf\xbf\xbf",
    "\xf4\x80\x80\x80",
    "\xf4\x8f\xbf\xbf",
    "\xef\xbb\xbf",  // a byte order mark is a character
};

constexpr std::string_view kIllFormed[] = {
    "\x80",
    "\xbf",  // continuation alone
    "\xc0\x80",
    "\xc0\xaf",
    "\xc1\xbf",  // overlong in two bytes
    "\xc2",
    "\xc2\x7f",
    "\xc2\xc0",
    "\xdf",  // cut or followed by no continuation
    "\xe0\x80\x80",
    "\xe0\x9f\xbf",  // overlong in three
    "\xe1\x80",
    "\xe1\x7f\x80",
    "\xe1\x80\xc0",
    "\xe1",
    "\xed\xa0\x80",
    "\xed\xaf\xbf",
    "\xed\xb0\x80",
    "\xed\xbf\xbf",  // surrogates
    "\xf0\x80\x80\x80",
    "\xf0\x8f\xbf\xbf",  // overlong in four
    "\xf1\x80\x80",
    "\xf1\x80",
    "\xf1",
    "\xf1\x80\x80\x7f",
    "\xf1\x80\xc0\x80",
    "\xf4\x90\x80\x80",
    "\xf4\xbf\xbf\xbf",  // above U+10FFFF
    "\xf5\x80\x80\x80",
    "\xf8\x88\x80\x80\x80",
    "\xfc\x84\x80\x80\x80\x80",
    "\xfe",
    "\xff",
};

TEST(Utf8Test, AcceptsTheEndsOfEveryRow) {
  for (const std::string_view text : kWellFormed) {
    EXPECT_TRUE(is_utf8(text)) << escape_for_display(text);
    EXPECT_TRUE(is_utf8("a" + std::string(text) + std::string(text) + "z"));
  }
}

TEST(Utf8Test, FindsTheFirstIllFormedSequence) {
  for (const std::string_view text : kIllFormed) {
    const std::string shown = escape_for_display(text);
    EXPECT_EQ(find_invalid_utf8(text), 0U) << shown;
    EXPECT_EQ(find_invalid_utf8("a\xc3\xa9" + std::string(text) + "\xff"), 3U) << shown;
  }
}

TEST(Utf8Test, AcceptsTheEmptyText) { EXPECT_TRUE(is_utf8("")); }

std::string encode(char32_t c) {
  const auto byte = [](char32_t bits) { return static_cast<char>(bits); };
  if (c < 0x80) return {byte(c)};
  if (c < 0x800) return {byte(0xc0 | c >> 6), byte(0x80 | (c & 0x3f))};
  if (c < 0x10000) {
    return {byte(0xe0 | c >> 12), byte(0x80 | (c >> 6 & 0x3f)), byte(0x80 | (c & 0x3f))};
  }
  return {byte(0xf0 | c >> 18), byte(0x80 | (c >> 12 & 0x3f)), byte(0x80 | (c >> 6 & 0x3f)),
          byte(0x80 | (c & 0x3f))};
}

TEST(Utf8Test, AcceptsExactlyTheScalarValues) {
  for (char32_t c = 0; c < 0x110800; ++c) {
    const bool scalar = c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
    ASSERT_EQ(is_utf8(encode(c)), scalar) << std::hex << static_cast<unsigned>(c);
  }
}

TEST(EscapeForDisplayTest, EscapesWhatCouldDeceive) {
  struct Case {
    std::string_view text;
    std::string_view shown;
  };
  const Case cases[] = {
      {"", ""},
      {"weights/model-00001.safetensors", "weights/model-00001.safetensors"},
      {"mod\xc3\xa8le \xe6\xa8\xa1\xe5\x9e\x8b \xf0\x9f\x98\x80",
       "mod\xc3\xa8le \xe6\xa8\xa1\xe5\x9e\x8b \xf0\x9f\x98\x80"},
      {"a\nb\tc\rd", "a\\nb\\tc\\x0dd"},
      {"\x1b[2J", "\\x1b[2J"},
      {std::string_view("\0", 1), "\\x00"},
      {"\x7f", "\\x7f"},
      {"\xc2\x9b", "\\u{9b}"},
      // NOLINTBEGIN(misc-misleading-bidirectional): what misleads is the point.
      {"\xe2\x80\xae", "\\u{202e}"},
      {"\xe2\x81\xa6", "\\u{2066}"},
      // NOLINTEND(misc-misleading-bidirectional)
      {"\xe2\x80\x8b", "\\u{200b}"},
      {"\xe2\x80\xa8\xe2\x80\xa9", "\\u{2028}\\u{2029}"},
      {"\xd8\x9c", "\\u{61c}"},
      {"\xef\xbb\xbf", "\\u{feff}"},
      {"\xf3\xa0\x81\x81", "\\u{e0041}"},
      {"C:\\n", "C:\\\\n"},
      {"x' [ok]", "x\\' [ok]"},
      {"a\xff"
       "b",
       "a\\xffb"},
      {"\xed\xa0\x80", "\\xed\\xa0\\x80"},
      {"\xe2\x82", "\\xe2\\x82"},
  };
  for (const auto& [text, shown] : cases) EXPECT_EQ(escape_for_display(text), shown);
}

TEST(EscapeForDisplayTest, EscapesWhatCannotBeSeen) {
  const char32_t unseen[] = {
      0xa0,   0xad,    0x34f,   0x115f,  0x1160,  0x1680,  0x17b4,  0x17b5,  0x180b,
      0x180e, 0x180f,  0x2000,  0x200a,  0x200d,  0x202f,  0x205f,  0x2060,  0x206f,
      0x2800, 0x3000,  0x3164,  0xfe00,  0xfe0f,  0xfeff,  0xffa0,  0xfff0,  0xfff9,
      0xfffb, 0x1bca0, 0x1d173, 0xe0000, 0xe0020, 0xe0100, 0xe01ef, 0xe0fff,
  };
  for (const char32_t c : unseen) {
    std::ostringstream escaped;
    escaped << "a\\u{" << std::hex << static_cast<unsigned>(c) << "}b";
    EXPECT_EQ(escape_for_display("a" + encode(c) + "b"), escaped.str());
  }
}

TEST(EscapeForDisplayTest, KeepsTheNeighboursOfWhatCannotBeSeen) {
  const char32_t seen[] = {0xa1,    0xae,    0x34e,   0x350,   0x115e,  0x1161,  0x167f,  0x1681,
                           0x17b3,  0x17b6,  0x180a,  0x1810,  0x2010,  0x2027,  0x2030,  0x205e,
                           0x2070,  0x27ff,  0x2801,  0x2fff,  0x3001,  0x3163,  0x3165,  0xfdff,
                           0xfe10,  0xfefe,  0xff00,  0xff9f,  0xffa1,  0xffef,  0xfffc,  0xfffd,
                           0x1bc9f, 0x1bca4, 0x1d172, 0x1d17b, 0xdffff, 0xe1000, 0x10ffff};
  for (const char32_t c : seen) {
    EXPECT_EQ(escape_for_display(encode(c)), encode(c)) << static_cast<unsigned>(c);
  }
}

bool is_calm(std::string_view text) {
  return is_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
         });
}

RC_GTEST_PROP(EscapeForDisplayProperty, NeverGivesAControlByte, (const std::string& bytes)) {
  RC_ASSERT(is_calm(escape_for_display(bytes)));
}

RC_GTEST_PROP(EscapeForDisplayProperty, KeepsDifferentTextsApart,
              (const std::string& a, const std::string& b)) {
  RC_ASSERT((escape_for_display(a) == escape_for_display(b)) == (a == b));
}

TEST(EscapeForDisplayTest, NeverGivesAControlCharacter) {
  for (char32_t c = 0; c <= 0x10ffff; ++c) {
    const std::string shown = escape_for_display(encode(c));
    ASSERT_TRUE(is_calm(shown));
    ASSERT_TRUE(c < 0x80 || c >= 0xa0 || shown.front() == '\\');
  }
}

}  // namespace
}  // namespace hallmark::base

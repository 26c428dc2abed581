#include "hallmark/base/base64.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "testing/result_matchers.h"

namespace hallmark::base {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;

// RFC 4648 section 10, and the last two characters of the alphabet.
struct Vector {
  std::string_view bytes;
  std::string_view text;
};
constexpr Vector kVectors[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
    {"\xfb\xff\xbf", "+/+/"},
    {std::string_view("\0", 1), "AA=="},
    {std::string_view("\0\0", 2), "AAA="},
    {std::string_view("\0\0\0", 3), "AAAA"},
    {"\xff\xff", "//8="},
};

TEST(Base64Test, EncodesTheVectorsOfRfc4648) {
  for (const auto& [bytes, text] : kVectors) EXPECT_EQ(encode_base64(bytes_of(bytes)), text);
}

TEST(Base64Test, DecodesTheVectorsOfRfc4648) {
  for (const auto& [bytes, text] : kVectors) {
    const auto decoded = decode_base64(text);
    ASSERT_THAT(decoded, IsOk());
    EXPECT_EQ(text_of(*decoded), bytes);
  }
}

TEST(Base64Test, RefusesMalformedTextAndNamesTheOffset) {
  struct Case {
    std::string_view text;
    std::string_view message;
  };
  const Case cases[] = {
      {"Zg", "expected a base64 character at offset 2, found the end"},
      {"Zg=", "expected a base64 character at offset 3, found the end"},
      {"Zm9vY", "expected a base64 character at offset 5, found the end"},
      {"Zm9v\n", "expected a base64 character at offset 4, found byte 0x0a"},
      {"Zm9v\r\nZm9v", "expected a base64 character at offset 4, found byte 0x0d"},
      {" Zm9v", "expected a base64 character at offset 0, found byte 0x20"},
      {"Zm 9", "expected a base64 character at offset 2, found byte 0x20"},
      {"Z-9_", "expected a base64 character at offset 1, found byte 0x2d"},
      {"Zm9_", "expected a base64 character at offset 3, found byte 0x5f"},
      {"\xc3\xa9Zm", "expected a base64 character at offset 0, found byte 0xc3"},
      {"====", "expected a base64 character at offset 0, found byte 0x3d"},
      {"A===", "expected a base64 character at offset 1, found byte 0x3d"},
      {"Z=g=", "expected a base64 character at offset 1, found byte 0x3d"},
      {"Zg==Zg==", "expected a base64 character at offset 2, found byte 0x3d"},
      {"Zm9v====", "expected a base64 character at offset 4, found byte 0x3d"},
      {"Zm8=Zm9v", "expected a base64 character at offset 3, found byte 0x3d"},
      {std::string_view("Zm\0v", 4), "expected a base64 character at offset 2, found byte 0x00"},
  };
  for (const auto& [text, message] : cases) {
    EXPECT_THAT(decode_base64(text), FailsWith(Code::kBase64Malformed, std::string(message)))
        << text;
  }
}

TEST(Base64Test, RefusesUnusedBitsThatAreNotZero) {
  EXPECT_THAT(decode_base64("Zh=="),
              FailsWith(Code::kBase64Malformed, "unused bits are not zero at offset 1"));
  EXPECT_THAT(decode_base64("Zm9="),
              FailsWith(Code::kBase64Malformed, "unused bits are not zero at offset 2"));
  EXPECT_THAT(decode_base64("Zm9vZv=="),
              FailsWith(Code::kBase64Malformed, "unused bits are not zero at offset 5"));
}

// All 64 last characters: with two '=' one in 16 is the right spelling, with one '=' one in 4.
TEST(Base64Test, AcceptsOneSpellingOfEachByte) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  int one_byte = 0;
  int two_bytes = 0;
  for (const char last : kAlphabet) {
    one_byte += decode_base64(std::string("A") + last + "==").has_value() ? 1 : 0;
    two_bytes += decode_base64(std::string("AA") + last + "=").has_value() ? 1 : 0;
  }
  EXPECT_EQ(one_byte, 4);
  EXPECT_EQ(two_bytes, 16);
}

TEST(Base64Test, RefusesEveryByteOutsideTheAlphabet) {
  int accepted = 0;
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text = std::string("AA") + static_cast<char>(byte) + "A";
    const auto decoded = decode_base64(text);
    accepted += decoded.has_value() ? 1 : 0;
    if (!decoded) {
      EXPECT_THAT(decoded, HasCode(Code::kBase64Malformed));
    }
  }
  EXPECT_EQ(accepted, 64);
}

RC_GTEST_PROP(Base64Property, DecodeUndoesEncode, (const Bytes& bytes)) {
  const std::string text = encode_base64(bytes);
  RC_ASSERT(text.size() == (bytes.size() + 2) / 3 * 4);
  RC_ASSERT(decode_base64(text).value() == bytes);
}

RC_GTEST_PROP(Base64Property, EveryAcceptedTextIsTheOnlySpelling, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ABQgw/+=\n")));
  const auto bytes = decode_base64(text);
  RC_ASSERT((!bytes || encode_base64(*bytes) == text));
}

}  // namespace
}  // namespace hallmark::base

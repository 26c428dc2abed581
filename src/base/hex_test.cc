#include "hallmark/base/hex.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "testing/result_matchers.h"

namespace hallmark::base {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::IsOkWith;

TEST(HexTest, WritesLowerCase) {
  EXPECT_EQ(encode_hex(Bytes{0x00, 0x09, 0xab, 0xff}), "0009abff");
  EXPECT_EQ(encode_hex({}), "");
}

TEST(HexTest, ReadsWhatItWrites) {
  EXPECT_THAT(decode_hex("0009abff"), IsOkWith(Bytes{0x00, 0x09, 0xab, 0xff}));
  EXPECT_THAT(decode_hex(""), IsOkWith(Bytes{}));
}

TEST(HexTest, RefusesMalformedTextAndNamesTheOffset) {
  struct Case {
    std::string_view text;
    std::string_view message;
  };
  const Case cases[] = {
      {"0", "expected a hex digit at offset 1, found the end"},
      {"00112", "expected a hex digit at offset 5, found the end"},
      {"AB", "expected a lower-case hex digit at offset 0, found byte 0x41"},
      {"aF", "expected a lower-case hex digit at offset 1, found byte 0x46"},
      {"ag", "expected a lower-case hex digit at offset 1, found byte 0x67"},
      {"00 1", "expected a lower-case hex digit at offset 2, found byte 0x20"},
      {"00\n", "expected a lower-case hex digit at offset 2, found byte 0x0a"},
      {"0x00", "expected a lower-case hex digit at offset 1, found byte 0x78"},
      {"00:1", "expected a lower-case hex digit at offset 2, found byte 0x3a"},
      {"00/1", "expected a lower-case hex digit at offset 2, found byte 0x2f"},
      {"00`1", "expected a lower-case hex digit at offset 2, found byte 0x60"},
      {"\xc3\xa9", "expected a lower-case hex digit at offset 0, found byte 0xc3"},
      {std::string_view("00\0000", 4),
       "expected a lower-case hex digit at offset 2, found byte 0x00"},
  };
  for (const auto& [text, message] : cases) {
    EXPECT_THAT(decode_hex(text), FailsWith(Code::kHexMalformed, std::string(message))) << text;
  }
}

RC_GTEST_PROP(HexProperty, DecodeUndoesEncode, (const Bytes& bytes)) {
  RC_ASSERT(decode_hex(encode_hex(bytes)).value() == bytes);
}

RC_GTEST_PROP(HexProperty, EveryAcceptedTextIsTheOnlySpelling, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123afAFg")));
  const auto bytes = decode_hex(text);
  RC_ASSERT((!bytes || encode_hex(*bytes) == text));
}

}  // namespace
}  // namespace hallmark::base

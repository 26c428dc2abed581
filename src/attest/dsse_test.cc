#include "hallmark/attest/dsse.h"

#include <string>

#include <gtest/gtest.h>

namespace hallmark::attest {
namespace {

std::string text(const Bytes& bytes) { return std::string(text_of(bytes)); }

// The shape of the example in the DSSE v1 protocol text, with the in-toto type.
TEST(DsseTest, EncodesTypeAndPayloadWithTheirLengths) {
  EXPECT_EQ(text(pre_authentication_encoding(bytes_of("hello world"))),
            "DSSEv1 28 application/vnd.in-toto+json 11 hello world");
}

TEST(DsseTest, EncodesAnEmptyPayload) {
  EXPECT_EQ(text(pre_authentication_encoding({})), "DSSEv1 28 application/vnd.in-toto+json 0 ");
}

// What Python 3 prints for f"{payload}" with payload a bytes object.
TEST(DsseTest, EncodesTheLegacyFormAsPythonPrintsBytes) {
  struct Case {
    std::string payload;
    std::string literal;
  };
  const Case cases[] = {
      {"{}", "b'{}'"},
      {"a\nb\tc\rd", "b'a\\nb\\tc\\rd'"},
      {"back\\slash", "b'back\\\\slash'"},
      {"it's", "b\"it's\""},
      {"\"it's\"", "b'\"it\\'s\"'"},
      {"\xe2\x82\xac\x7f\x01", "b'\\xe2\\x82\\xac\\x7f\\x01'"},
      {"", "b''"},
  };
  for (const Case& c : cases) {
    const std::string expected = "DSSEV1 28 application/vnd.in-toto+json " +
                                 std::to_string(c.payload.size()) + " " + c.literal;
    EXPECT_EQ(text(legacy_pre_authentication_encoding(bytes_of(c.payload))), expected);
  }
}

}  // namespace
}  // namespace hallmark::attest

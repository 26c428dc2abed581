#include "hallmark/base/pem.h"

#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "testing/result_matchers.h"

namespace hallmark::base {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::IsOk;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::string_view kFoo = "-----BEGIN DATA-----\nZm9v\n-----END DATA-----\n";

std::string block_of(std::string_view body) {
  return "-----BEGIN DATA-----\n" + std::string(body) + "-----END DATA-----\n";
}

TEST(PemTest, WritesLinesOf64Characters) {
  EXPECT_EQ(encode_pem("DATA", bytes_of("foo")), kFoo);
  EXPECT_EQ(encode_pem("EC PRIVATE KEY", bytes_of(std::string(50, 'x'))),
            "-----BEGIN EC PRIVATE KEY-----\n"
            "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4\n"
            "eHg=\n"
            "-----END EC PRIVATE KEY-----\n");
  EXPECT_EQ(encode_pem("DATA", bytes_of(std::string(48, 'x'))),
            "-----BEGIN DATA-----\n"
            "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4\n"
            "-----END DATA-----\n");
}

TEST(PemTest, ReadsOneBlockHoweverItIsLaidOut) {
  const std::string texts[] = {
      std::string(kFoo),
      "-----BEGIN DATA-----\r\nZm9v\r\n-----END DATA-----\r\n",
      "-----BEGIN DATA-----\nZm9v\n-----END DATA-----",
      "-----BEGIN DATA----- \t\nZm9v \t\n-----END DATA-----\t\n",
      "-----BEGIN DATA-----\n\nZm\n\n9v\n\n-----END DATA-----\n",
      "-----BEGIN DATA-----\nZ\nm\n9\nv\n-----END DATA-----\n",
      "Subject: CN=model\n-----\n- a list\n\n" + std::string(kFoo) + "trailing words\n",
      "\xff\xfe not text\n" + std::string(kFoo),
  };
  for (const std::string& text : texts) {
    const auto blocks = parse_pem(text);
    ASSERT_THAT(blocks, IsOk()) << text;
    ASSERT_THAT(*blocks, SizeIs(1)) << text;
    EXPECT_EQ(blocks->front().label, "DATA");
    EXPECT_EQ(text_of(blocks->front().contents), "foo");
    EXPECT_FALSE(blocks->front().encrypted_headers);
  }
}

TEST(PemTest, ReadsBlocksInTheirOrder) {
  const auto blocks = parse_pem("leaf\n" + encode_pem("CERTIFICATE", bytes_of("leaf")) +
                                "issuer\n" + encode_pem("CERTIFICATE", bytes_of("issuer")) +
                                encode_pem("EC PRIVATE KEY", bytes_of("key")) + "end\n");
  ASSERT_THAT(blocks, IsOk());
  ASSERT_THAT(*blocks, SizeIs(3));
  EXPECT_EQ(text_of((*blocks)[0].contents), "leaf");
  EXPECT_EQ(text_of((*blocks)[1].contents), "issuer");
  EXPECT_EQ((*blocks)[2].label, "EC PRIVATE KEY");
}

TEST(PemTest, MarksBlocksWithHeadersAndDoesNotReadThem) {
  const auto blocks = parse_pem(
      "-----BEGIN RSA PRIVATE KEY-----\n"
      "Proc-Type: 4,ENCRYPTED\n"
      "DEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF\n"
      "\n"
      "Zm9v\n"
      "-----END RSA PRIVATE KEY-----\n");
  ASSERT_THAT(blocks, IsOk());
  ASSERT_THAT(*blocks, SizeIs(1));
  EXPECT_TRUE(blocks->front().encrypted_headers);
  EXPECT_TRUE(blocks->front().contents.empty());
}

TEST(PemTest, AcceptsLinesOf76CharactersAndNoLonger) {
  const std::string line(76, 'A');
  EXPECT_THAT(parse_pem(block_of(line + "\n" + line + "\n")), IsOk());
  EXPECT_THAT(parse_pem(block_of(line + "\nAAAA\n" + line + "\n")), IsOk());
  EXPECT_THAT(parse_pem(block_of(line + "AAAA\n")),
              FailsWith(Code::kPemMalformed, "line 2: expected at most 76 characters, found 80"));
}

// What was read before is wiped, and a block with headers has no contents.
TEST(PemTest, RefusesAMalformedBlockAfterAnEncryptedOne) {
  const std::string encrypted =
      "-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\n\nZg==\n-----END A-----\n";
  EXPECT_THAT(parse_pem(encrypted + "-----BEGIN A-----\n!\n-----END A-----\n"),
              testing::HasCode(Code::kPemMalformed));
}

TEST(PemTest, RefusesMalformedTextAndNamesTheLine) {
  struct Case {
    std::string text;
    std::string_view message;
  };
  const Case cases[] = {
      {"", "expected a PEM block, found none"},
      {"Zm9v\n", "expected a PEM block, found none"},
      {" -----BEGIN DATA-----\nZm9v\n", "expected a PEM block, found none"},
      {"-----BEGIN DATA----\nZm9v\n", "expected a PEM block, found none"},
      {"-----BEGIN ----\n", "expected a PEM block, found none"},
      {"-----BEGIN DATA-----\nZm9v\n", "line 2: the block 'DATA' does not end"},
      {"-----BEGIN DATA-----", "line 1: the block 'DATA' does not end"},
      {"-----BEGIN DATA-----\nZm9v\n-----END DATA----", "does not end"},
      {"-----BEGIN DATA-----\nZm9v\n-----END OTHER-----\n",
       "line 3: the block ends under another label"},
      {"-----BEGIN DATA-----\nZm9v\n-----END data-----\n",
       "line 3: the block ends under another label"},
      {"text\n-----END DATA-----\n", "line 2: an end line without a begin line"},
      {std::string(kFoo) + "-----END DATA-----\n", "line 4: an end line without a begin line"},
      {"-----BEGIN DATA-----\nZm9v\n" + std::string(kFoo), "line 5: block above: "},
      {block_of(""), "line 2: the block above is empty"},
      {block_of("\n\n"), "line 4: the block above is empty"},
      {block_of("Zm9\n"), "line 3: block above: expected a base64 character at offset 3"},
      {block_of("Zm9v\nZ*9v\n"), "line 4: block above: expected a base64 character at offset 5"},
      {block_of(" Zm9v\n"), "line 3: block above: expected a base64 character at offset 0"},
      {block_of("Zg==\nZg==\n"), "line 4: block above: expected a base64 character at offset 2"},
      {block_of("Zm9v\nName: value\n"), "line 4: block above: expected a base64 character"},
  };
  for (const auto& [text, message] : cases) {
    EXPECT_THAT(parse_pem(text), FailsWith(Code::kPemMalformed, HasSubstr(std::string(message))))
        << text;
  }
}

TEST(PemTest, EscapesLabelsInMessages) {
  EXPECT_THAT(parse_pem("-----BEGIN \x1b[2J-----\n"),
              FailsWith(Code::kPemMalformed, "line 1: the block '\\x1b[2J' does not end"));
}

TEST(PemTest, OneBadBlockSpoilsTheText) {
  EXPECT_THAT(parse_pem(std::string(kFoo) + block_of("?\n")), Not(IsOk()));
}

RC_GTEST_PROP(PemProperty, ReadsWhatItWrites, (const Bytes& bytes)) {
  RC_PRE(!bytes.empty());
  const auto blocks = parse_pem(encode_pem("SOME LABEL", bytes));
  RC_ASSERT(blocks.has_value());
  RC_ASSERT(blocks->size() == 1U);
  RC_ASSERT(blocks->front().label == "SOME LABEL");
  RC_ASSERT(blocks->front().contents == bytes);
}

}  // namespace
}  // namespace hallmark::base

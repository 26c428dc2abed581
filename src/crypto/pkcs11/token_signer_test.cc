#include "hallmark/crypto/token_signer.h"

#include "testing/fake_token.h"
#include "testing/result_matchers.h"

namespace hallmark::crypto::pkcs11 {
namespace {

using ::hallmark::testing::FailsWith;
using ::hallmark::testing::HasCode;
using ::hallmark::testing::IsOk;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

using TokenSignerTest = FakeTokenTest;

ByteView message() { return bytes_of("a message"); }

class TokenSignerCurveTest : public FakeTokenTest,
                             public ::testing::WithParamInterface<const char*> {};

TEST_P(TokenSignerCurveTest, SignsWhatItsPublicKeyVerifies) {
  const std::string curve = GetParam();
  for (const char* form : {"form=wrapped", "form=raw"}) {
    describe_pair(curve, "", form);
    const auto signer = open("token=T;object=signer");
    ASSERT_THAT(signer, IsOk()) << form;
    const PublicKey expected = test_key(curve + "_public");
    EXPECT_TRUE((*signer)->public_key() == expected) << form;
    const auto signature = (*signer)->sign(message());
    ASSERT_THAT(signature, IsOk()) << form;
    EXPECT_THAT(check_signature(expected, scheme_for_key(expected.type()), message(), *signature),
                IsOk());
  }
}

// Half of all numbers begin with a bit that needs a zero before it in DER.
TEST_P(TokenSignerCurveTest, SignsManyTimesInOneSession) {
  describe_pair(GetParam());
  const auto signer = open();
  ASSERT_THAT(signer, IsOk());
  for (int i = 0; i < 20; ++i) {
    EXPECT_THAT((*signer)->sign(bytes_of(std::to_string(i))), IsOk());
  }
  EXPECT_EQ(calls_of("C_Login user right"), 1U);
}

INSTANTIATE_TEST_SUITE_P(Curves, TokenSignerCurveTest, ::testing::Values("p256", "p384", "p521"));

TEST_F(TokenSignerTest, LeavesNothingOpenBehindASignature) {
  describe_pair("p256");
  ASSERT_THAT(open().and_then([](auto&& signer) { return signer->sign(message()); }), IsOk());
  EXPECT_THAT(calls(),
              ElementsAre("C_Initialize", "C_OpenSession", "C_Login user right", "C_SignInit",
                          "C_Sign", "C_Logout", "C_CloseSession", "C_Finalize", "unloaded"));
}

TEST_F(TokenSignerTest, LeavesNothingOpenBehindAFailure) {
  describe_pair("p256");
  ASSERT_THAT(open("object=other"), HasCode(Code::kTokenKeyNotFound));
  EXPECT_THAT(calls(), ElementsAre("C_Initialize", "C_OpenSession", "C_Login user right",
                                   "C_Logout", "C_CloseSession", "C_Finalize", "unloaded"));
}

TEST_F(TokenSignerTest, DoesNotLogOutWhereItDidNotLogIn) {
  describe_pair("p256");
  pins_ = FixedPin("4321");
  ASSERT_THAT(open(), HasCode(Code::kPinWrong));
  EXPECT_THAT(calls(), ElementsAre("C_Initialize", "C_OpenSession", "C_Login user wrong",
                                   "C_CloseSession", "C_Finalize", "unloaded"));
}

TEST_F(TokenSignerTest, TriesAWrongPinOnce) {
  describe_pair("p256");
  pins_ = FixedPin("98765");
  EXPECT_THAT(open(),
              FailsWith(Code::kPinWrong, AllOf(HasSubstr("token 'T'"), Not(HasSubstr("98765")))));
  EXPECT_EQ(calls_of("C_Login user wrong"), 1U);
  EXPECT_THAT(pins_.requests, SizeIs(1));
}

TEST_F(TokenSignerTest, TriesNoPinThatCannotBeRight) {
  describe_pair("p256");
  for (const char* pin : {"123", "123456789"}) {
    pins_ = FixedPin(pin);
    EXPECT_THAT(open(), FailsWith(Code::kPinWrong, HasSubstr("4 to 8 bytes; it was not tried")));
  }
  pins_ = FixedPin("");
  EXPECT_THAT(open(), FailsWith(Code::kPinRequired, HasSubstr("empty")));
  EXPECT_EQ(calls_of("C_Login user wrong"), 0U);
}

TEST_F(TokenSignerTest, BelievesNoLengthsThatMakeNoSense) {
  const std::string pair =
      "\nprivate id=01 key=" + key("p256_pkcs8") + "\npublic id=01 key=" + key("p256_pkcs8") + "\n";
  for (const char* lengths :
       {"shortest=0 longest=0", "shortest=9 longest=8", "shortest=5 longest=0xffffffffffffffff"}) {
    describe_tokens("token label=T " + std::string(lengths) + pair);
    EXPECT_THAT(open(), IsOk()) << lengths;
  }
}

TEST_F(TokenSignerTest, TriesNoPinOnALockedToken) {
  describe_tokens("token label=T flags=0x40404\n");
  EXPECT_THAT(open(), FailsWith(Code::kPinLocked, "the PIN of token 'T' is locked"));
  EXPECT_THAT(pins_.requests, IsEmpty());
  EXPECT_EQ(calls_of("C_Login user right"), 0U);
}

TEST_F(TokenSignerTest, TriesNoPinWhenItIsTheLastTry) {
  describe_tokens("token label=T flags=0x20404\n");
  EXPECT_THAT(open(), FailsWith(Code::kPinFinalTry, HasSubstr("one more wrong PIN would lock")));
  EXPECT_THAT(open("", "&pin-value=1234"), HasCode(Code::kPinFinalTry));
  EXPECT_THAT(pins_.requests, IsEmpty());
  EXPECT_EQ(calls_of("C_Login user right"), 0U);
}

TEST_F(TokenSignerTest, TellsOfAWrongPinBefore) {
  describe_pair("p256");
  ASSERT_THAT(open(), IsOk());
  describe_tokens("token label=T flags=0x10404\n");
  EXPECT_THAT(open(), HasCode(Code::kTokenKeyNotFound));
  ASSERT_THAT(pins_.requests, SizeIs(2));
  EXPECT_EQ(pins_.requests[0].token, "T");
  EXPECT_FALSE(pins_.requests[0].wrong_pin_before);
  EXPECT_TRUE(pins_.requests[1].wrong_pin_before);
}

TEST_F(TokenSignerTest, TakesThePinOfTheUriAndAsksNobody) {
  describe_pair("p256");
  pins_ = FixedPin("wrong");
  EXPECT_THAT(open("", "&pin-value=1234"), IsOk());
  directory_.write("pin", "1234\n");
  EXPECT_THAT(open("", "&pin-source=file:" + directory_.path("pin")), IsOk());
  EXPECT_THAT(pins_.requests, IsEmpty());
  directory_.write("pin", "4321\n");
  EXPECT_THAT(open("", "&pin-source=" + directory_.path("pin")), HasCode(Code::kPinWrong));
  EXPECT_THAT(open("", "&pin-source=" + directory_.path("none")),
              FailsWith(Code::kNotFound, HasSubstr("PIN: ")));
  directory_.write("pin", std::string(5000, '1'));
  EXPECT_THAT(open("", "&pin-source=" + directory_.path("pin")), HasCode(Code::kLimitExceeded));
}

TEST_F(TokenSignerTest, LetsTheTokenAskOnItsOwnDevice) {
  describe_tokens("token label=T flags=0x504\nprivate id=01 key=" + key("p256_pkcs8") +
                  "\npublic id=01 key=" + key("p256_pkcs8") + "\n");
  EXPECT_THAT(open(), IsOk());
  EXPECT_THAT(pins_.requests, IsEmpty());
  EXPECT_EQ(calls_of("C_Login user on the device"), 1U);
}

TEST_F(TokenSignerTest, AsksNoPinOfATokenThatNeedsNone) {
  describe_tokens("token label=T flags=0x400\nprivate id=01 key=" + key("p256_pkcs8") +
                  "\npublic id=01 key=" + key("p256_pkcs8") + "\n");
  EXPECT_THAT(open(), IsOk());
  EXPECT_THAT(pins_.requests, IsEmpty());
  EXPECT_EQ(calls_of("C_Logout"), 0U);
}

TEST_F(TokenSignerTest, LogsInForEachSignatureOfAKeyThatWantsIt) {
  describe_pair("p256", "always=1");
  const auto signer = open();
  ASSERT_THAT(signer, IsOk());
  EXPECT_THAT((*signer)->sign(message()), IsOk());
  EXPECT_THAT((*signer)->sign(message()), IsOk());
  EXPECT_EQ(calls_of("C_Login context right"), 2U);
  EXPECT_THAT(pins_.requests, SizeIs(1));
}

TEST_F(TokenSignerTest, TellsALockedPinFromAWrongOne) {
  describe_tokens("token label=T\nfail C_Login=0xa4\n");
  EXPECT_THAT(open(), HasCode(Code::kPinLocked));
  describe_tokens("token label=T\nfail C_Login=0xa2\n");
  EXPECT_THAT(open(), HasCode(Code::kPinWrong));
  describe_tokens("token label=T\nfail C_Login=0xa3\n");
  EXPECT_THAT(open(), FailsWith(Code::kTokenFailed, HasSubstr("CKR_PIN_EXPIRED")));
}

TEST_F(TokenSignerTest, TakesALoginOfSomebodyElseInTheProcess) {
  describe_tokens("token label=T flags=0x404\nfail C_Login=0x100\n");
  EXPECT_THAT(open(), HasCode(Code::kTokenKeyNotFound));  // which is after the login
  EXPECT_EQ(calls_of("C_Logout"), 0U);
}

TEST_F(TokenSignerTest, GivesOutNoSignatureThatDoesNotVerify) {
  const std::pair<const char*, const char*> faults[] = {
      {"fault=flip", "does not belong to the public key"},
      {"fault=short", "expected a signature of 64 bytes of the P-256 key, found 63"},
      {"fault=long", "expected a signature of 64 bytes of the P-256 key, found 65"},
      {"fault=oversized", "longer than its place"},
  };
  for (const auto& [fault, text] : faults) {
    describe_pair("p256", fault);
    const auto signer = open();
    ASSERT_THAT(signer, IsOk());
    EXPECT_THAT((*signer)->sign(message()), FailsWith(Code::kTokenFailed, HasSubstr(text)));
  }
}

TEST_F(TokenSignerTest, BelievesNoNumbersThatCannotBe) {
  const std::pair<const char*, const char*> lies[] = {
      {"found=1000000", "found more than it was asked for"},
      {"length=65537", "expected an attribute of at most 65536 bytes, found one of 65537"},
      {"relength=1000", "changed the length of an attribute"},
  };
  for (const auto& [lie, text] : lies) {
    describe_tokens("token label=T " + std::string(lie) +
                    "\nprivate id=01 key=" + key("p256_pkcs8") + "\n");
    EXPECT_THAT(open(), FailsWith(Code::kTokenFailed, HasSubstr(text))) << lie;
  }
}

TEST_F(TokenSignerTest, NoticesAPublicKeyOfAnotherPair) {
  describe_tokens("token label=T\nprivate id=01 key=" + key("p256_pkcs8") +
                  "\npublic id=01 key=" HALLMARK_TESTDATA_DIR "/signed/p256.key\n");
  const auto signer = open();
  ASSERT_THAT(signer, IsOk());
  EXPECT_THAT((*signer)->sign(message()), FailsWith(Code::kTokenFailed, HasSubstr("public key")));
}

TEST_F(TokenSignerTest, NamesTheFunctionThatFailed) {
  for (const char* function : {"C_GetInfo", "C_GetSlotList", "C_GetTokenInfo", "C_OpenSession",
                               "C_FindObjectsInit", "C_FindObjects", "C_GetAttributeValue"}) {
    describe_tokens("fail " + std::string(function) +
                    "=0x30\ntoken label=T\nprivate id=01 key=" + key("p256_pkcs8") + "\n");
    EXPECT_THAT(open(),
                FailsWith(Code::kTokenFailed, std::string(function) + " of the token failed with "
                                                                      "CKR_DEVICE_ERROR"));
  }
  for (const char* function : {"C_SignInit", "C_Sign"}) {
    describe_pair("p256");
    directory_.write("tokens", directory_.read("tokens") + "fail " + function + "=0x80000001\n");
    const auto signer = open();
    ASSERT_THAT(signer, IsOk());
    EXPECT_THAT((*signer)->sign(message()),
                FailsWith(Code::kTokenFailed,
                          std::string(function) + " of the token failed with result 0x80000001"));
  }
}

TEST_F(TokenSignerTest, RefusesAUriOfAnotherType) {
  describe_pair("p256");
  EXPECT_THAT(open("type=private"), IsOk());
  for (const char* type : {"type=public", "type=cert", "type=secret-key", "type=data"}) {
    EXPECT_THAT(open(type), HasCode(Code::kUsage)) << type;
  }
}

TEST_F(TokenSignerTest, RefusesWhatIsNoModule) {
  const auto load = [&](const std::string& path) {
    const auto uri = Pkcs11Uri::parse("pkcs11:?module-path=" + path);
    return open_token_signer(*uri, pins_);
  };
  EXPECT_THAT(load(directory_.path("none.so")),
              FailsWith(Code::kTokenModuleUnusable, HasSubstr("there is no such file")));
  EXPECT_THAT(load(directory_.path()),
              FailsWith(Code::kTokenModuleUnusable, HasSubstr("is a folder")));
  directory_.write("text.so", "no library");
  EXPECT_THAT(load(directory_.path("text.so")),
              FailsWith(Code::kTokenModuleUnusable, HasSubstr("text.so")));
  EXPECT_THAT(load(HALLMARK_NO_MODULE),
              FailsWith(Code::kTokenModuleUnusable, HasSubstr("it has no C_GetFunctionList")));
  directory_.make_pipe("pipe.so");
  EXPECT_THAT(load(directory_.path("pipe.so")), HasCode(Code::kTokenModuleUnusable));
}

TEST_F(TokenSignerTest, RefusesAModuleThatIsNotWhole) {
  const std::pair<const char*, const char*> faults[] = {
      {"version", "expected PKCS #11 version 2 or 3, found 1"},
      {"lacking", "lacks functions"},
      {"null", "C_GetFunctionList failed"},
      {"failing", "C_GetFunctionList failed with CKR_GENERAL_ERROR"},
  };
  for (const auto& [fault, text] : faults) {
    ::setenv("HALLMARK_FAKE_MODULE", fault, 1);
    EXPECT_THAT(open(), FailsWith(Code::kTokenModuleUnusable, HasSubstr(text)));
  }
  ::unsetenv("HALLMARK_FAKE_MODULE");
  describe_tokens("fail C_Initialize=0xa\n");
  EXPECT_THAT(open(), FailsWith(Code::kTokenModuleUnusable, HasSubstr("CKR_CANT_LOCK")));
  EXPECT_EQ(calls_of("C_Finalize"), 0U);
}

TEST_F(TokenSignerTest, SharesAModuleThatIsInUse) {
  describe_pair("p256");
  const auto first = open();
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(open("object=none"), HasCode(Code::kTokenKeyNotFound));
  EXPECT_EQ(calls_of("C_Finalize"), 0U);  // which would take it away from the first
}

}  // namespace
}  // namespace hallmark::crypto::pkcs11

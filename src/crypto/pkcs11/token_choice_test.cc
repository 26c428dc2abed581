// Which token, and which key on it.

#include "testing/fake_token.h"
#include "testing/result_matchers.h"

namespace hallmark::crypto::pkcs11 {
namespace {

using ::hallmark::testing::FailsWith;
using ::testing::AllOf;
using ::testing::HasSubstr;

// NOLINTNEXTLINE(cppcoreguidelines-virtual-class-destructor): GoogleTest destroys it by its base
class TokenChoiceTest : public FakeTokenTest {
 protected:
  std::string pair(const std::string& attributes, const std::string& name = "p256_pkcs8") {
    return "private " + attributes + " key=" + key(name) + "\npublic " + attributes +
           " key=" + key(name) + "\n";
  }

  void describe_two_tokens() {
    describe_tokens("token label=Same serial=1 model=M1 manufacturer=A\n" + pair("id=01") +
                    "token label=Same serial=2 model=M2 manufacturer=B\n" +
                    pair("id=01", "p384_pkcs8"));
  }

  // The type of the key that a URI chooses; its failure's name when there is none.
  std::string chosen(const std::string& attributes) {
    const auto signer = open(attributes);
    return std::string(signer ? to_string((*signer)->public_key().type())
                              : name_of(signer.error().code));
  }
};

TEST_F(TokenChoiceTest, ChoosesByEachAttributeOfTheToken) {
  describe_two_tokens();
  EXPECT_EQ(chosen("serial=1"), "P-256");
  EXPECT_EQ(chosen("serial=2"), "P-384");
  EXPECT_EQ(chosen("model=M2"), "P-384");
  EXPECT_EQ(chosen("manufacturer=A"), "P-256");
  EXPECT_EQ(chosen("slot-id=1"), "P-384");
  EXPECT_EQ(chosen("slot-description=Slot%200;slot-manufacturer=Slots%20Ltd"), "P-256");
  EXPECT_EQ(chosen("token=Same%20%20;serial=1"), "P-256");  // fields are filled up with blanks
}

TEST_F(TokenChoiceTest, RefusesEachAttributeThatDoesNotFit) {
  describe_two_tokens();
  for (const char* attribute :
       {"token=Sam", "token=", "serial=3", "model=M", "manufacturer=a", "slot-id=2",
        "slot-description=Slot", "slot-manufacturer=x", "library-manufacturer=x",
        "library-description=x", "library-version=1.3"}) {
    EXPECT_EQ(chosen(attribute), "token_not_found") << attribute;
  }
  EXPECT_EQ(chosen("serial=1;library-manufacturer=Hallmark;library-description=Fake%20tokens;"
                   "library-version=1.2"),
            "P-256");
}

TEST_F(TokenChoiceTest, NamesTheTokensThatAreThere) {
  describe_two_tokens();
  EXPECT_THAT(open("token=Same"),
              FailsWith(Code::kTokenAmbiguous, AllOf(HasSubstr("'Same' (serial '1', slot-id 0)"),
                                                     HasSubstr("'Same' (serial '2', slot-id 1)"))));
  EXPECT_THAT(open("token=Other"),
              FailsWith(Code::kTokenNotFound, HasSubstr("'Same' (serial '1', slot-id 0)")));
  describe_tokens("");
  EXPECT_THAT(open(), FailsWith(Code::kTokenNotFound, HasSubstr("no initialised token")));
}

TEST_F(TokenChoiceTest, NamesOnlyTheFirstOfManyTokens) {
  std::string many;
  for (int i = 0; i < 10; ++i) many += "token label=Many\n";
  describe_tokens(many);
  EXPECT_THAT(open(), FailsWith(Code::kTokenAmbiguous,
                                AllOf(HasSubstr("10 tokens"), HasSubstr("slot-id 7) and 2 more"))));
}

TEST_F(TokenChoiceTest, PassesOverTokensThatAreNotInitialised) {
  describe_tokens("token label=Blank flags=0\ntoken label=T\n" + pair("id=01"));
  EXPECT_EQ(chosen(""), "P-256");
}

TEST_F(TokenChoiceTest, PassesOverCardsThatWerePulledOut) {
  describe_tokens("fail C_GetTokenInfo=0xe0\ntoken label=T\n" + pair("id=01"));
  EXPECT_THAT(open(), FailsWith(Code::kTokenNotFound, HasSubstr("no initialised token")));
}

TEST_F(TokenChoiceTest, EscapesLabels) {
  describe_tokens("token label=\x1b[31m'\n");
  EXPECT_THAT(open("token=x"), FailsWith(Code::kTokenNotFound, HasSubstr("'\\x1b[31m\\''")));
}

TEST_F(TokenChoiceTest, ChoosesKeysByLabelAndId) {
  describe_tokens("token label=T\n" + pair("label=a id=01") + pair("label=a id=02", "p384_pkcs8") +
                  pair("label=b id=01ff", "p521_pkcs8"));
  EXPECT_EQ(chosen("id=%01"), "P-256");
  EXPECT_EQ(chosen("object=a;id=%02"), "P-384");
  EXPECT_EQ(chosen("object=b"), "P-521");
  EXPECT_EQ(chosen("id=%01%ff"), "P-521");
  EXPECT_EQ(chosen("object=b;id=%01"), "token_key_not_found");
  EXPECT_EQ(chosen("object=a"), "token_key_ambiguous");
  EXPECT_EQ(chosen(""), "token_key_ambiguous");
}

TEST_F(TokenChoiceTest, NamesTheKeysThatAreThere) {
  describe_tokens("token label=T\n" + pair("label=a id=01") + pair("label=a id=02"));
  EXPECT_THAT(open("object=a"),
              FailsWith(Code::kTokenKeyAmbiguous,
                        AllOf(HasSubstr("'a' (id 01)"), HasSubstr("'a' (id 02)"))));
  EXPECT_THAT(open("object=x"), FailsWith(Code::kTokenKeyNotFound, HasSubstr("'a' (id 01)")));
  describe_tokens("token label=T\n");
  EXPECT_THAT(open(), FailsWith(Code::kTokenKeyNotFound, "the token has no private key"));
}

TEST_F(TokenChoiceTest, RefusesKeysOfOtherKinds) {
  describe_tokens("token label=T\n" + pair("id=01", "rsa2048"));
  EXPECT_THAT(open(), FailsWith(Code::kKeyUnsupported, HasSubstr("found an RSA key")));
  describe_tokens("token label=T\n" + pair("id=01", "secp256k1"));
  EXPECT_THAT(open(), FailsWith(Code::kKeyUnsupported, HasSubstr("secp256k1")));
}

TEST_F(TokenChoiceTest, FindsThePublicKeyByTheIdOfThePrivateOne) {
  describe_tokens("token label=T\n" + pair("label=a id=02", "p384_pkcs8") +
                  "private label=a id=01 key=" + key("p256_pkcs8") +
                  "\npublic label=x id=01 key=" + key("p256_pkcs8") + "\n");
  EXPECT_EQ(chosen("id=%01"), "P-256");
}

TEST_F(TokenChoiceTest, FindsThePublicKeyByLabelWhereThereIsNoId) {
  describe_tokens("token label=T\n" + pair("label=a") + pair("label=b", "p384_pkcs8"));
  EXPECT_EQ(chosen("object=a"), "P-256");
  describe_tokens("token label=T\n" + pair(""));
  EXPECT_THAT(open(), FailsWith(Code::kTokenKeyNotFound, HasSubstr("neither id nor label")));
}

TEST_F(TokenChoiceTest, RefusesDifferentPublicKeysOfOneId) {
  const std::string private_key = "token label=T\nprivate id=01 key=" + key("p256_pkcs8") + "\n";
  const std::string public_key = "public id=01 key=" + key("p256_pkcs8") + "\n";
  describe_tokens(private_key + public_key + public_key);
  EXPECT_EQ(chosen(""), "P-256");
  describe_tokens(private_key + public_key + "public id=01 key=" + key("p384_pkcs8") + "\n");
  EXPECT_EQ(chosen(""), "token_key_ambiguous");
}

TEST_F(TokenChoiceTest, TakesTheKeyOfACertificateWhereThereIsNoPublicKey) {
  const Certificate certificate = test_certificate("leaf");
  directory_.write("leaf.der", text_of(certificate.der()));
  directory_.write("broken.der", "no certificate");
  const std::string private_key = "token label=T\nprivate id=01 key=" + key("p256_pkcs8") + "\n";
  describe_tokens(private_key + "certificate id=01 file=" + directory_.path("leaf.der") + "\n");
  EXPECT_TRUE(open().value()->public_key() == certificate.public_key().value());
  describe_tokens(private_key + "certificate id=02 file=" + directory_.path("leaf.der") + "\n");
  EXPECT_THAT(open(), FailsWith(Code::kTokenKeyNotFound, HasSubstr("neither a public key nor")));
  describe_tokens(private_key + "certificate id=01 file=" + directory_.path("broken.der") + "\n");
  EXPECT_EQ(chosen(""), "key_malformed");
}

}  // namespace
}  // namespace hallmark::crypto::pkcs11

#include "hallmark/model/detached.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "hallmark/attest/dsse.h"
#include "hallmark/base/json.h"
#include "hallmark/base/json_writer.h"
#include "hallmark/hash/hasher.h"
#include "hallmark/model/verify.h"
#include "testing/model_context.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::model {
namespace {

using hallmark::testing::certificate;
using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::public_key;
using hallmark::testing::TemporaryDirectory;
using hallmark::testing::test_anchors;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class DetachedSigningTest : public ::testing::Test {
 protected:
  DetachedSigningTest() {
    directory_.write("model/a", "a");
    directory_.write("model/sub/b", "b");
    prepare_.signing.model = directory_.path("model");
    prepare_.signing.signature = directory_.path("model.sig");
    prepare_.message = directory_.path("pae");
    prepare_.state = directory_.path("state");
    attach_.state = directory_.path("state");
    attach_.raw_signature = directory_.path("raw");
    attach_.signature = directory_.path("model.sig");
  }

  Result<PrepareReport> prepare() { return prepare_signature(prepare_, context_.get()); }
  Result<AttachReport> attach() { return attach_signature(attach_, context_.get()); }

  // What the service does that holds the key: it sees the message and nothing else.
  void sign_message(const std::string& key = "p256") {
    crypto::PrivateKeySigner signer = hallmark::testing::signer(key);
    const Bytes signature = signer.sign(bytes_of(directory_.read("pae"))).value();
    directory_.write("raw", text_of(signature));
  }

  std::string verify(ExpectedSigner expected) {
    const VerifyReport report = verify_model(
        {prepare_.signing.model, attach_.signature, {}, {}, std::move(expected)}, context_.get());
    return std::string(report.problem ? name_of(report.problem->code)
                                      : to_string(report.verdict()));
  }

  // Writes the state with one member changed.
  void change_state(const std::string& member, const base::JsonValue& value) {
    auto state = *base::parse_json(directory_.read("state"))->get_if<base::JsonObject>();
    for (auto& [name, old] : state) {
      if (name == member) old = value;
    }
    directory_.write("state", base::write_json(state));
  }

  TemporaryDirectory directory_;
  TestContext context_;
  PrepareRequest prepare_{.signing = {}, .key = public_key("p256"), .message = {}, .state = {}};
  AttachRequest attach_{};
};

TEST_F(DetachedSigningTest, SignsAsSignModelDoes) {
  for (const std::string key : {"p256", "p384", "p521"}) {
    prepare_.key = public_key(key);
    const auto prepared = prepare();
    ASSERT_THAT(prepared, IsOk()) << key;
    const std::string message = directory_.read("pae");
    EXPECT_EQ(prepared->message_bytes, message.size());
    EXPECT_EQ(prepared->message_digest,
              hash::hash_bytes(prepared->message_digest.algorithm(), bytes_of(message)));
    sign_message(key);
    const auto attached = attach();
    ASSERT_THAT(attached, IsOk()) << key;
    EXPECT_EQ(attached->digest, prepared->model.digest);
    EXPECT_EQ(attached->files, 2U);
    EXPECT_EQ(attached->subject, "model");
    EXPECT_EQ(verify(public_key(key)), "verified") << key;

    // The bytes are those that sign_model signs.
    crypto::PrivateKeySigner signer = hallmark::testing::signer(key);
    SignRequest at_once = prepare_.signing;
    at_once.signature = directory_.path("at-once.sig");
    ASSERT_THAT(sign_model(at_once, signer, context_.get()), IsOk());
    const auto bundle = attest::decode_bundle(directory_.read("at-once.sig")).value();
    EXPECT_EQ(text_of(attest::pre_authentication_encoding(bundle.envelope.payload)), message);
    std::filesystem::remove(prepare_.message);
    std::filesystem::remove(prepare_.state);
  }
}

TEST_F(DetachedSigningTest, SignsWithACertificate) {
  prepare_.signing.chain = {certificate("p256"), certificate("root")};
  ASSERT_THAT(prepare(), IsOk());
  sign_message();
  const auto attached = attach();
  ASSERT_THAT(attached, IsOk());
  EXPECT_TRUE(attached->certified);
  EXPECT_EQ(verify(attest::CertificateExpectations{test_anchors(), {}}), "verified");
}

TEST_F(DetachedSigningTest, AttachesWithoutTheModel) {
  ASSERT_THAT(prepare(), IsOk());
  sign_message();
  std::filesystem::remove_all(prepare_.signing.model);
  EXPECT_THAT(attach(), IsOk());
}

TEST_F(DetachedSigningTest, WritesNothingForAWrongSignature) {
  ASSERT_THAT(prepare(), IsOk());
  sign_message("p384");
  EXPECT_THAT(attach(), FailsWith(Code::kSignatureInvalid, HasSubstr("raw")));
  directory_.write("raw", "");
  EXPECT_THAT(attach(), HasCode(Code::kSignatureInvalid));
  EXPECT_FALSE(directory_.exists("model.sig"));
}

TEST_F(DetachedSigningTest, KeepsAnOlderSignatureWhenTheNewOneIsWrong) {
  ASSERT_THAT(prepare(), IsOk());
  sign_message();
  ASSERT_THAT(attach(), IsOk());
  const std::string older = directory_.read("model.sig");
  directory_.write("raw", "wrong");
  EXPECT_THAT(attach(), HasCode(Code::kSignatureInvalid));
  EXPECT_EQ(directory_.read("model.sig"), older);
}

TEST_F(DetachedSigningTest, RefusesAStateWhosePartsDoNotBelongTogether) {
  ASSERT_THAT(prepare(), IsOk());
  sign_message();
  change_state("key_hint", public_key("p384").hint());
  EXPECT_THAT(attach(), FailsWith(Code::kSigningStateMismatch, HasSubstr("/key_hint")));
  EXPECT_FALSE(directory_.exists("model.sig"));
}

TEST_F(DetachedSigningTest, TellsAStateThatIsNoneFromARefusedOne) {
  directory_.write("raw", "r");
  EXPECT_THAT(attach(), HasCode(Code::kNotFound));
  directory_.write("state", "{}");
  EXPECT_THAT(attach(), FailsWith(Code::kSigningStateUnreadable, HasSubstr("state: ")));
  directory_.write("state", R"({"schema": "hallmark-report/v1"})");
  EXPECT_THAT(attach(), HasCode(Code::kSigningStateUnreadable));
}

// The owner of a key may have two certificates for it: what is signed is the same with either.
TEST_F(DetachedSigningTest, TellsByItsDigestAStateThatWasWrittenAnew) {
  prepare_.signing.chain = {certificate("p256")};
  const auto prepared = prepare();
  ASSERT_THAT(prepared, IsOk());
  sign_message();
  auto state = attest::decode_signing_state(directory_.read("state")).value();
  state.chain.push_back(certificate("root"));
  directory_.write("other", attest::encode_signing_state(state));
  attach_.state_digest = prepared->state_digest;
  attach_.state = directory_.path("other");
  EXPECT_THAT(attach(), FailsWith(Code::kSigningStateMismatch, HasSubstr("digest")));
  EXPECT_FALSE(directory_.exists("model.sig"));
  attach_.state = directory_.path("state");
  EXPECT_THAT(attach(), IsOk());
}

TEST_F(DetachedSigningTest, OverwritesNothing) {
  directory_.write("pae", "mine");
  EXPECT_THAT(prepare(), HasCode(Code::kAlreadyExists));
  EXPECT_FALSE(directory_.exists("state"));
  prepare_.message = directory_.path("pae2");
  directory_.write("state", "mine");
  EXPECT_THAT(prepare(), HasCode(Code::kAlreadyExists));
  EXPECT_FALSE(directory_.exists("pae2"));
  EXPECT_EQ(directory_.read("pae") + directory_.read("state"), "minemine");
}

TEST_F(DetachedSigningTest, TakesTheStateBackWhenTheMessageCannotBeWritten) {
  prepare_.message = directory_.path("nowhere/pae");
  EXPECT_THAT(prepare(), HasCode(Code::kNotFound));
  EXPECT_THAT(directory_.list(), ElementsAre("model"));
}

TEST_F(DetachedSigningTest, RefusesToWriteIntoTheModel) {
  prepare_.message = directory_.path("model/pae");
  EXPECT_THAT(prepare(), FailsWith(Code::kUsage, HasSubstr("inside the model")));
  prepare_.message = directory_.path("pae");
  prepare_.state = directory_.path("model/sub/state");
  EXPECT_THAT(prepare(), FailsWith(Code::kUsage, HasSubstr("inside the model")));
  prepare_.state = prepare_.message;
  EXPECT_THAT(prepare(), FailsWith(Code::kUsage, HasSubstr("both")));
  EXPECT_THAT(directory_.list(), ElementsAre("model"));
}

TEST_F(DetachedSigningTest, LeavesThePlaceOfTheSignatureOut) {
  prepare_.signing.signature = directory_.path("model/model.sig");
  attach_.signature = prepare_.signing.signature;
  ASSERT_THAT(prepare(), IsOk());
  sign_message();
  ASSERT_THAT(attach(), IsOk());
  EXPECT_EQ(verify(public_key("p256")), "verified");
}

TEST_F(DetachedSigningTest, ReplacesOnlySignatures) {
  ASSERT_THAT(prepare(), IsOk());
  sign_message();
  for (const std::string contents : {"", "text"}) {
    directory_.write("model.sig", contents);
    EXPECT_THAT(attach(), HasCode(Code::kAlreadyExists)) << contents;
  }
  attach_.signature = attach_.state;
  EXPECT_THAT(attach(), HasCode(Code::kAlreadyExists));
}

TEST_F(DetachedSigningTest, RefusesCertificatesBeforeItReadsTheModel) {
  prepare_.signing.chain = {certificate("p384")};
  std::filesystem::remove_all(directory_.path("model/a"));
  std::filesystem::remove_all(directory_.path("model/sub"));  // an empty model is refused later
  EXPECT_THAT(prepare(), HasCode(Code::kCertificateKeyMismatch));
  prepare_.signing.chain = {certificate("p256")};
  EXPECT_THAT(prepare(), HasCode(Code::kModelEmpty));
  context_.clock.set(base::UnixTime{2340000000});
  EXPECT_THAT(prepare(), HasCode(Code::kCertificateExpired));
  EXPECT_THAT(directory_.list(), ElementsAre("model"));
}

TEST_F(DetachedSigningTest, WritesNothingOnceItIsCancelled) {
  context_.cancellation.request();
  EXPECT_THAT(prepare(), HasCode(Code::kCancelled));
  EXPECT_THAT(directory_.list(), ElementsAre("model"));
}

}  // namespace
}  // namespace hallmark::model

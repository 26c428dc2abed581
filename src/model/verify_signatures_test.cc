#include "hallmark/model/verify_signatures.h"

#include <atomic>
#include <filesystem>
#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/model/sign.h"
#include "testing/model_context.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::model {
namespace {

using hallmark::testing::certificate;
using hallmark::testing::IsOk;
using hallmark::testing::public_key;
using hallmark::testing::TemporaryDirectory;
using hallmark::testing::test_anchors;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CountingProgress final : public base::ProgressSink {
 public:
  void on_total(std::uint64_t /*files*/, std::uint64_t /*bytes*/) override {}
  void on_bytes(std::uint64_t bytes) override { bytes_read += bytes; }
  void on_file() override {}

  std::atomic<std::uint64_t> bytes_read = 0;
};

// A clock is looked at when a certificate is verified: a moment at which something can happen.
class EventfulClock final : public base::Clock {
 public:
  [[nodiscard]] base::UnixTime now() const override {
    if (on_look) on_look();
    return hallmark::testing::kTestTime;
  }

  std::function<void()> on_look;
};

class VerifySignaturesTest : public ::testing::Test {
 protected:
  VerifySignaturesTest() {
    directory_.write("model/a", "0123456789");
    directory_.write("model/b", "b");
    request_.model = directory_.path("model");
    request_.signers = {public_key("p256"), public_key("p384"), public_key("p521")};
  }

  // Signs the model as it is now and adds the signature to those that are verified.
  void sign(const std::string& key, const std::string& name, SignRequest how = {}) {
    crypto::PrivateKeySigner signer = hallmark::testing::signer(key);
    how.model = request_.model;
    how.signature = directory_.path(name);
    ASSERT_THAT(sign_model(how, signer, context_.get()), IsOk());
    request_.signatures.push_back(how.signature);
  }

  void sign_certified(const std::string& key, const std::string& name) {
    SignRequest how;
    how.chain = {certificate(key)};
    sign(key, name, how);
  }

  SignaturesReport verify() {
    Context context{clock_, progress_, context_.log, context_.cancellation};
    return verify_signatures(request_, context);
  }

  std::string outcome() {
    const SignaturesReport report = verify();
    return std::string(report.problem ? name_of(report.problem->code)
                                      : to_string(report.verdict()));
  }

  static std::vector<std::string> each(const SignaturesReport& report) {
    std::vector<std::string> lines;
    for (const JudgedSignature& signature : report.signatures) {
      const auto& problem = signature.report.problem;
      lines.emplace_back(problem ? name_of(problem->code) : "verified");
    }
    return lines;
  }

  TemporaryDirectory directory_;
  TestContext context_;
  EventfulClock clock_;
  CountingProgress progress_;
  SignaturesRequest request_;
};

TEST(SignaturesReportTest, IsNotVerifiedUntilSomebodyVerified) {
  EXPECT_EQ(SignaturesReport{}.verdict(), Verdict::kUndecided);
}

TEST_F(VerifySignaturesTest, VerifiesSignaturesOfDifferentSigners) {
  sign("p256", "one.sig");
  sign("p384", "two.sig");
  EXPECT_EQ(outcome(), "verified");
  request_.threshold = 2;
  const SignaturesReport report = verify();
  EXPECT_EQ(report.verdict(), Verdict::kVerified);
  EXPECT_EQ(report.signers, 2U);
  EXPECT_THAT(each(report), ElementsAre("verified", "verified"));
  EXPECT_EQ(std::get<crypto::PublicKey>(*report.signatures[1].report.signer), public_key("p384"));
}

TEST_F(VerifySignaturesTest, CountsTheSameKeyOnce) {
  sign("p256", "one.sig");
  sign("p256", "two.sig");
  request_.threshold = 2;
  const SignaturesReport report = verify();
  EXPECT_EQ(report.problem->code, Code::kThresholdNotMet);
  EXPECT_EQ(report.verdict(), Verdict::kRejected);
  EXPECT_EQ(report.signers, 1U);
  EXPECT_THAT(each(report), ElementsAre("verified", "verified"));
  EXPECT_TRUE(report.signatures[0].counted);
  EXPECT_FALSE(report.signatures[1].counted);
}

TEST_F(VerifySignaturesTest, CountsTheSameFileOnce) {
  sign("p256", "one.sig");
  request_.signatures.push_back(request_.signatures.front());
  request_.threshold = 2;
  EXPECT_EQ(outcome(), "threshold_not_met");
}

// By its key and by its certificate, it is the same signer.
TEST_F(VerifySignaturesTest, CountsAKeyAndItsCertificateOnce) {
  sign("p256", "bare.sig");
  sign_certified("p256", "certified.sig");
  request_.signers.emplace_back(attest::CertificateExpectations{test_anchors(), {}});
  request_.threshold = 2;
  const SignaturesReport report = verify();
  EXPECT_THAT(each(report), ElementsAre("verified", "verified"));
  EXPECT_EQ(report.problem->code, Code::kThresholdNotMet);
  EXPECT_EQ(report.signers, 1U);
}

TEST_F(VerifySignaturesTest, CountsKeysAndCertificatesTogether) {
  sign("p256", "bare.sig");
  sign_certified("p384", "certified.sig");
  request_.signers.emplace_back(attest::CertificateExpectations{test_anchors(), {}});
  request_.threshold = 2;
  EXPECT_EQ(outcome(), "verified");
}

TEST_F(VerifySignaturesTest, DoesNotCountASignerWhoIsNotAccepted) {
  sign("p256", "one.sig");
  sign("p384", "two.sig");
  request_.signers = {public_key("p256"), public_key("p521")};
  request_.threshold = 2;
  const SignaturesReport report = verify();
  EXPECT_THAT(each(report), ElementsAre("verified", "key_hint_mismatch"));
  EXPECT_EQ(report.problem->code, Code::kThresholdNotMet);
  request_.threshold = 1;
  EXPECT_EQ(outcome(), "verified");
  request_.threshold.reset();
  EXPECT_EQ(outcome(), "key_hint_mismatch");
}

TEST_F(VerifySignaturesTest, DoesNotCountASignatureOfOtherFiles) {
  sign("p256", "one.sig");
  directory_.write("model/a", "later");
  sign("p384", "two.sig");
  request_.threshold = 2;
  const SignaturesReport report = verify();
  EXPECT_THAT(each(report), ElementsAre("model_differs", "verified"));
  EXPECT_EQ(report.problem->code, Code::kThresholdNotMet);
  EXPECT_EQ(report.signatures[0].report.differences.size(), 1U);
  request_.threshold = 1;
  EXPECT_EQ(outcome(), "verified");
  request_.threshold.reset();
  EXPECT_EQ(outcome(), "model_differs");
}

TEST_F(VerifySignaturesTest, IsUndecidedWhenAMissingSignatureCouldBeTheSecond) {
  sign("p256", "one.sig");
  request_.signatures.push_back(directory_.path("nowhere.sig"));
  request_.threshold = 2;
  const SignaturesReport report = verify();
  EXPECT_EQ(report.verdict(), Verdict::kUndecided);
  EXPECT_EQ(report.problem->code, Code::kNotFound);
  EXPECT_THAT(each(report), ElementsAre("verified", "not_found"));
  request_.signers = {public_key("p256")};
  EXPECT_EQ(outcome(), "threshold_not_met") << "there is but one key";
  request_.threshold = 1;
  EXPECT_EQ(outcome(), "verified");
}

TEST_F(VerifySignaturesTest, RefusesAThresholdThatIsNoNumberOfSignatures) {
  sign("p256", "one.sig");
  for (const std::size_t threshold : {std::size_t{0}, std::size_t{2}}) {
    request_.threshold = threshold;
    const SignaturesReport report = verify();
    EXPECT_EQ(report.problem->code, Code::kUsage);
    EXPECT_TRUE(report.signatures.empty());
  }
}

TEST_F(VerifySignaturesTest, RefusesToJudgeNothing) {
  EXPECT_EQ(outcome(), "usage");
  sign("p256", "one.sig");
  request_.signers.clear();
  EXPECT_EQ(outcome(), "usage");
}

TEST_F(VerifySignaturesTest, ReadsTheModelOnceForAllThatHashAlike) {
  sign("p256", "one.sig");
  sign("p384", "two.sig");
  SignRequest other_rules;
  other_rules.files.ignore_paths = {directory_.path("model/b")};
  other_rules.files.allow_symlinks = true;
  sign("p521", "three.sig", other_rules);
  progress_.bytes_read = 0;
  const SignaturesReport report = verify();
  EXPECT_EQ(report.verdict(), Verdict::kVerified);
  EXPECT_EQ(progress_.bytes_read, 11U);
  for (const JudgedSignature& signature : report.signatures) {
    EXPECT_EQ(signature.report.files_not_read, 0U);
  }
}

TEST_F(VerifySignaturesTest, ReadsTheModelAgainForAnotherHash) {
  sign("p256", "one.sig");
  SignRequest sharded;
  sharded.hashing.shard_size = 4;
  sign("p384", "two.sig", sharded);
  SignRequest blake3;
  blake3.hashing.algorithm = hash::Algorithm::kBlake3;
  sign("p521", "three.sig", blake3);
  progress_.bytes_read = 0;
  request_.threshold = 3;
  EXPECT_EQ(outcome(), "verified");
  EXPECT_EQ(progress_.bytes_read, 33U);
}

// One has the file as it was, the other as it is: they were never true together.
TEST_F(VerifySignaturesTest, DoesNotAddUpTwoStatesOfTheModel) {
  sign("p256", "one.sig");
  directory_.write("model/a", "later");
  sign_certified("p384", "two.sig");
  directory_.write("model/a", "0123456789");
  request_.signers.emplace_back(attest::CertificateExpectations{test_anchors(), {}});
  clock_.on_look = [&] { directory_.write("model/a", "later"); };
  for (const std::size_t threshold : {std::size_t{1}, std::size_t{2}}) {
    directory_.write("model/a", "0123456789");
    request_.threshold = threshold;
    const SignaturesReport report = verify();
    EXPECT_EQ(report.verdict(), Verdict::kUndecided);
    EXPECT_THAT(each(report), ElementsAre("verified", "file_changed"));
  }
}

TEST_F(VerifySignaturesTest, IsUndecidedWhenItIsInterrupted) {
  sign("p256", "one.sig");
  sign_certified("p384", "two.sig");
  sign("p521", "three.sig");
  request_.signers.emplace_back(attest::CertificateExpectations{test_anchors(), {}});
  request_.threshold = 1;
  clock_.on_look = [&] { context_.cancellation.request(); };
  const SignaturesReport report = verify();
  EXPECT_THAT(each(report), ElementsAre("verified", "cancelled", "cancelled"));
  EXPECT_EQ(report.problem->code, Code::kCancelled);
}

TEST_F(VerifySignaturesTest, LeavesAllSignaturesInTheModelOut) {
  sign("p256", "model/one.sig");
  SignRequest how;
  how.files.ignore_paths = {directory_.path("model/one.sig")};
  sign("p384", "model/two.sig", how);
  const SignaturesReport report = verify();
  EXPECT_THAT(each(report), ElementsAre("verified", "verified"));
  EXPECT_TRUE(report.signatures[0].report.ignored_present.empty());
  EXPECT_TRUE(report.signatures[1].report.ignored_present.empty());
}

TEST_F(VerifySignaturesTest, LeavesNoDirectoryInTheModelOut) {
  sign("p256", "one.sig");
  request_.signatures.push_back(directory_.path("model/two.sig"));
  request_.threshold = 1;
  EXPECT_EQ(outcome(), "verified");
  directory_.write("model/two.sig/extra", "x");
  EXPECT_EQ(outcome(), "io_error");
  EXPECT_THAT(each(verify()), ElementsAre("model_differs", "io_error"));
}

// The signer ignored whatever would be there.
TEST_F(VerifySignaturesTest, TellsOfAnIgnoredDirectoryWhereASignatureWasExpected) {
  SignRequest how;
  how.files.ignore_paths = {directory_.path("model/two.sig")};
  sign("p256", "one.sig", how);
  request_.signatures.push_back(directory_.path("model/two.sig"));
  request_.threshold = 1;
  directory_.write("model/two.sig/extra", "x");
  const SignaturesReport report = verify();
  EXPECT_THAT(each(report), ElementsAre("verified", "io_error"));
  EXPECT_THAT(report.signatures[0].report.ignored_present, ElementsAre("two.sig"));
}

TEST_F(VerifySignaturesTest, TellsOfALinkToADirectoryWhereASignatureWasExpected) {
  SignRequest how;
  how.files.ignore_paths = {directory_.path("model/two.sig")};
  sign("p256", "one.sig", how);
  request_.signatures.push_back(directory_.path("model/two.sig"));
  request_.threshold = 1;
  directory_.write("elsewhere/extra", "x");
  directory_.make_link("../elsewhere", "model/two.sig");
  const SignaturesReport report = verify();
  EXPECT_THAT(each(report), ElementsAre("verified", "io_error"));
  EXPECT_THAT(report.signatures[0].report.ignored_present, ElementsAre("two.sig"));
}

TEST_F(VerifySignaturesTest, AcceptsAnyOfTheIdentities) {
  sign_certified("p256", "one.sig");
  request_.signers = {attest::CertificateExpectations{test_anchors(), "other@example.com"}};
  EXPECT_EQ(outcome(), "certificate_identity_mismatch");
  request_.signers.emplace_back(
      attest::CertificateExpectations{test_anchors(), "signer@example.com"});
  EXPECT_EQ(outcome(), "verified");
}

TEST_F(VerifySignaturesTest, TellsAMethodForWhichThereIsNoSigner) {
  sign_certified("p256", "one.sig");
  EXPECT_EQ(outcome(), "material_mismatch");
  request_.signatures.clear();
  sign("p256", "two.sig");
  request_.signers = {attest::CertificateExpectations{test_anchors(), {}}};
  EXPECT_EQ(outcome(), "material_mismatch");
}

// Without a hint every key is tried; nobody is warned of those that are not the signer's.
TEST_F(VerifySignaturesTest, TriesAllKeysWhereTheBundleNamesNone) {
  sign("p521", "one.sig");
  std::string text = directory_.read("one.sig");
  const std::string hint = public_key("p521").hint();
  text.erase(text.find(hint), hint.size());
  directory_.write("one.sig", text);
  EXPECT_EQ(outcome(), "verified");
  EXPECT_THAT(context_.log.warnings(),
              ElementsAre(HasSubstr("one.sig: the signature does not say")));
  request_.signers = {public_key("p256"), public_key("p384")};
  EXPECT_EQ(outcome(), "signature_invalid");
  EXPECT_EQ(context_.log.warnings().size(), 1U);
}

TEST_F(VerifySignaturesTest, JudgesNothingWithoutAModel) {
  sign("p256", "one.sig");
  request_.model = directory_.path("nowhere");
  const SignaturesReport report = verify();
  EXPECT_EQ(report.problem->code, Code::kNotFound);
  EXPECT_TRUE(report.signatures.empty());
}

}  // namespace
}  // namespace hallmark::model

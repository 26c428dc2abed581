#include "hallmark/model/verify.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "hallmark/attest/sign.h"
#include "hallmark/base/durable_file.h"
#include "hallmark/hash/hasher.h"
#include "hallmark/model/sign.h"
#include "testing/model_context.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::model {
namespace {

using hallmark::testing::IsOk;
using hallmark::testing::public_key;
using hallmark::testing::TemporaryDirectory;

class VerifyModelTest : public ::testing::Test {
 protected:
  VerifyModelTest() {
    directory_.write("model/a", "a");
    directory_.write("model/sub/b", "b");
  }

  void sign(FileOptions files = {}) {
    crypto::PrivateKeySigner signer = hallmark::testing::signer("p256");
    const SignRequest request{.model = directory_.path("model"),
                              .signature = directory_.path("model.sig"),
                              .files = std::move(files)};
    ASSERT_THAT(sign_model(request, signer, context_.get()), IsOk());
  }

  // Signs a statement that no honest signer would write.
  void sign_manifest(const manifest::Manifest& manifest) {
    crypto::PrivateKeySigner signer = hallmark::testing::signer("p256");
    const auto bundle =
        attest::sign_with_key(attest::encode_statement("model", manifest), signer).value();
    directory_.write("model.sig", attest::encode_bundle(bundle));
  }

  VerifyReport verify() {
    return verify_model({directory_.path("model"), directory_.path("model.sig"), files_,
                         unsigned_files_, public_key("p256")},
                        context_.get());
  }

  // "verified", or the reason why not.
  std::string outcome() {
    const VerifyReport report = verify();
    return std::string(report.problem ? name_of(report.problem->code)
                                      : to_string(report.verdict()));
  }

  // "changed a", "missing b": what the report lists.
  std::vector<std::string> differences() {
    std::vector<std::string> lines;
    for (const auto& d : verify().differences) {
      lines.push_back(std::string(to_string(d.kind)) + " " + d.path);
    }
    return lines;
  }

  static manifest::Resource file(const std::string& name, std::string_view contents) {
    return {name, hash::hash_bytes(hash::Algorithm::kSha256, bytes_of(contents))};
  }

  TemporaryDirectory directory_;
  FileOptions files_;
  manifest::UnsignedFiles unsigned_files_ = manifest::UnsignedFiles::kReport;
  TestContext context_;
};

using Lines = std::vector<std::string>;

TEST(VerifyReportTest, IsNotVerifiedUntilSomebodyVerified) {
  EXPECT_EQ(VerifyReport{}.verdict(), Verdict::kUndecided);
}

TEST_F(VerifyModelTest, VerifiesWhatWasSigned) {
  sign();
  const VerifyReport report = verify();
  EXPECT_EQ(report.verdict(), Verdict::kVerified);
  EXPECT_EQ(report.files, 2U);
  EXPECT_EQ(report.subject, "model");
  EXPECT_TRUE(report.signer.has_value());
  EXPECT_TRUE(report.differences.empty());
}

TEST_F(VerifyModelTest, ListsEveryDifference) {
  sign();
  directory_.write("model/a", "changed");
  directory_.write("model/extra", "x");
  std::filesystem::remove(directory_.path("model/sub/b"));
  EXPECT_EQ(outcome(), "model_differs");
  EXPECT_EQ(differences(), (Lines{"changed a", "extra extra", "missing sub/b"}));
}

TEST_F(VerifyModelTest, TellsTheSignerEvenWhenTheModelDiffers) {
  sign();
  directory_.write("model/a", "changed");
  const VerifyReport report = verify();
  EXPECT_EQ(report.verdict(), Verdict::kRejected);
  EXPECT_TRUE(report.signer.has_value());
}

TEST_F(VerifyModelTest, DoesNotTellASignerWhoseSignatureIsWrong) {
  sign();
  std::string text = directory_.read("model.sig");
  const std::size_t sig = text.find("\"sig\":\"") + 20;
  text[sig] = text[sig] == 'A' ? 'B' : 'A';
  directory_.write("model.sig", text);
  const VerifyReport report = verify();
  EXPECT_EQ(report.verdict(), Verdict::kRejected);
  EXPECT_FALSE(report.signer.has_value());
  EXPECT_FALSE(report.digest.has_value());
}

TEST_F(VerifyModelTest, IgnoringHidesExtraFilesOnly) {
  sign();
  directory_.write("model/sub/extra", "x");
  EXPECT_EQ(outcome(), "model_differs");
  files_.ignore_paths = {directory_.path("model/sub")};
  EXPECT_EQ(outcome(), "verified");
  directory_.write("model/sub/b", "changed");
  EXPECT_EQ(differences(), (Lines{"changed sub/b"}));
  std::filesystem::remove(directory_.path("model/sub/b"));
  EXPECT_EQ(differences(), (Lines{"missing sub/b"}));
}

TEST_F(VerifyModelTest, RecordedIgnoredPathsNeverExcuseSignedFiles) {
  manifest::Manifest manifest;
  manifest.ignore_paths = {"a", "sub"};
  manifest.resources = {file("a", "other"), file("sub/b", "b")};
  sign_manifest(manifest);
  EXPECT_EQ(differences(), (Lines{"changed a"}));
}

TEST_F(VerifyModelTest, RecordedPathsThatAreNoPathsMatchNothing) {
  manifest::Manifest manifest;
  manifest.ignore_paths = {
      ".", "..", "../model/extra", "/", directory_.path("model/extra"), "./extra", "sub/../extra"};
  manifest.resources = {file("a", "a"), file("sub/b", "b")};
  sign_manifest(manifest);
  EXPECT_EQ(outcome(), "verified");
  directory_.write("model/extra", "x");
  EXPECT_EQ(differences(), (Lines{"extra extra"}));
}

TEST_F(VerifyModelTest, IgnoresGitAsTheDefaultsSay) {
  sign();
  directory_.write("model/.git/HEAD", "x");
  directory_.write("model/.gitignore", "x");
  EXPECT_EQ(outcome(), "verified");
  directory_.write("model/sub/.git/HEAD", "x");
  EXPECT_EQ(differences(), (Lines{"extra sub/.git/HEAD"}));
}

TEST_F(VerifyModelTest, KnowsFromTheSignedListThatGitWasNotIgnored) {
  directory_.write("model/.git/HEAD", "x");
  sign({.ignore_git_paths = false});
  EXPECT_EQ(outcome(), "verified");
  directory_.write("model/.git/extra", "x");
  EXPECT_EQ(differences(), (Lines{"extra .git/extra"}));
}

TEST_F(VerifyModelTest, LooksAtSignedFilesOnlyWhenToldSo) {
  sign();
  directory_.write("model/extra", "x");
  directory_.make_link("/etc/passwd", "model/link");
  EXPECT_EQ(outcome(), "symlink_refused");
  unsigned_files_ = manifest::UnsignedFiles::kIgnore;
  EXPECT_EQ(outcome(), "verified");
  directory_.write("model/a", "changed");
  EXPECT_EQ(differences(), (Lines{"changed a"}));
}

TEST_F(VerifyModelTest, FollowsLinksIfTheSignatureOrTheCallerSaysSo) {
  directory_.make_link("a", "model/link");
  sign({.allow_symlinks = true});
  EXPECT_EQ(outcome(), "verified");
  EXPECT_FALSE(verify().symlinks_allowed_by_caller);

  manifest::Manifest manifest;
  manifest.resources = {file("a", "a"), file("link", "a"), file("sub/b", "b")};
  sign_manifest(manifest);
  EXPECT_EQ(outcome(), "symlink_refused");
  files_.allow_symlinks = true;
  EXPECT_EQ(outcome(), "verified");
  EXPECT_TRUE(verify().symlinks_allowed_by_caller);
}

TEST_F(VerifyModelTest, VerifiesASingleFileUnderItsNameOrTheOneOfTheReference) {
  std::filesystem::remove_all(directory_.path("model"));
  directory_.write("model", "weights");
  for (const std::string name : {"model", "."}) {
    manifest::Manifest manifest;
    manifest.resources = {file(name, "weights")};
    sign_manifest(manifest);
    EXPECT_EQ(outcome(), "verified") << name;
  }
  manifest::Manifest manifest;
  manifest.resources = {file("other", "weights")};
  sign_manifest(manifest);
  EXPECT_EQ(differences(), (Lines{"renamed other"}));
}

TEST_F(VerifyModelTest, ADirectoryIsNoSingleFile) {
  manifest::Manifest manifest;
  manifest.resources = {file(".", "a")};
  sign_manifest(manifest);
  unsigned_files_ = manifest::UnsignedFiles::kIgnore;
  EXPECT_EQ(differences(), (Lines{"missing ."}));
}

TEST_F(VerifyModelTest, ASignatureInsideTheModelIsNoExtraFile) {
  sign();
  std::filesystem::rename(directory_.path("model.sig"), directory_.path("model/model.sig"));
  const VerifyReport report =
      verify_model({directory_.path("model"), directory_.path("model/model.sig"), files_,
                    unsigned_files_, public_key("p256")},
                   context_.get());
  EXPECT_EQ(report.verdict(), Verdict::kVerified);
}

TEST_F(VerifyModelTest, CannotDecideWithoutTheEvidence) {
  EXPECT_EQ(outcome(), "not_found");
  EXPECT_EQ(verify().verdict(), Verdict::kUndecided);
  sign();
  std::filesystem::remove_all(directory_.path("model"));
  EXPECT_EQ(verify().verdict(), Verdict::kUndecided);
}

TEST_F(VerifyModelTest, VerifiesACertifiedSignerAtTheTimeOfTheClock) {
  crypto::PrivateKeySigner signer = hallmark::testing::signer("p384");
  const SignRequest request{
      .model = directory_.path("model"),
      .signature = directory_.path("model.sig"),
      .chain = {hallmark::testing::certificate("p384"), hallmark::testing::certificate("root")}};
  ASSERT_THAT(sign_model(request, signer, context_.get()), IsOk());
  const VerifyRequest question{
      directory_.path("model"), directory_.path("model.sig"), files_, unsigned_files_,
      attest::CertificateExpectations{hallmark::testing::test_anchors(), "signer@example.com"}};
  EXPECT_EQ(verify_model(question, context_.get()).verdict(), Verdict::kVerified);
  context_.clock.set(base::UnixTime{2340000000});
  const VerifyReport late = verify_model(question, context_.get());
  EXPECT_EQ(late.verdict(), Verdict::kRejected);
  EXPECT_EQ(late.problem->code, Code::kCertificateExpired);
}

}  // namespace
}  // namespace hallmark::model

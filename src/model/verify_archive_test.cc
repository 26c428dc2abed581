#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/model/sign.h"
#include "hallmark/model/verify.h"
#include "hallmark/model/verify_signatures.h"
#include "testing/archives.h"
#include "testing/model_context.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::model {
namespace {

using ::testing::ElementsAre;
using testing::gzip_stored;
using ::testing::IsEmpty;
using testing::public_key;
using testing::tar_end;
using testing::tar_member;

// A model signed as a directory, and verified as an archive.
class VerifyArchiveTest : public ::testing::Test {
 protected:
  VerifyArchiveTest() {
    directory_.write("model/a", "weights");
    directory_.write("model/sub/b", "x");
  }

  void sign(const std::string& model = "model") {
    crypto::PrivateKeySigner signer = testing::signer("p256");
    const SignRequest request{.model = directory_.path(model),
                              .signature = directory_.path("model.sig"),
                              .files = files_,
                              .hashing = hashing_};
    ASSERT_THAT(sign_model(request, signer, context_.get()), testing::IsOk());
  }

  VerifyReport verify(const std::string& model, const std::string& archive) {
    directory_.write(model, archive);
    return verify_model({directory_.path(model), directory_.path("model.sig"), files_,
                         unsigned_files_, public_key("p256"), scope_, limits_},
                        context_.get());
  }

  // "verified", or the reason why not.
  static std::string outcome(const VerifyReport& report) {
    return std::string(report.problem ? name_of(report.problem->code)
                                      : to_string(report.verdict()));
  }

  // "changed a", "missing b": what the report lists.
  static std::vector<std::string> differences(const VerifyReport& report) {
    std::vector<std::string> lines;
    lines.reserve(report.differences.size());
    for (const auto& d : report.differences) {
      lines.push_back(std::string(to_string(d.kind)) + " " + d.path);
    }
    return lines;
  }

  testing::TemporaryDirectory directory_;
  FileOptions files_;
  HashingOptions hashing_;
  manifest::UnsignedFiles unsigned_files_ = manifest::UnsignedFiles::kReport;
  VerifyScope scope_;
  manifest::ArchiveLimits limits_;
  TestContext context_;
};

const std::string kModel = tar_member("model/", "", '5') + tar_member("model/sub/b", "x") +
                           tar_member("model/a", "weights");

TEST_F(VerifyArchiveTest, VerifiesAModelInAnArchiveOfEveryForm) {
  sign();
  const VerifyReport report = verify("m.tar", kModel + tar_end());
  EXPECT_EQ(report.verdict(), Verdict::kVerified);
  EXPECT_EQ(report.files, 2U);
  EXPECT_EQ(report.subject, "model");
  ASSERT_TRUE(report.archive);
  EXPECT_EQ(report.archive->form, manifest::ArchiveForm::kTar);
  EXPECT_EQ(report.archive->folder, "model");
  EXPECT_FALSE(report.directory_for_file);
  EXPECT_EQ(outcome(verify("m.tgz", gzip_stored(kModel + tar_end()))), "verified");
  const VerifyReport zip = verify("m.zip", testing::zip({{"a", "weights"}, {"sub/b", "x"}}));
  EXPECT_EQ(zip.verdict(), Verdict::kVerified);
  ASSERT_TRUE(zip.archive);
  EXPECT_EQ(zip.archive->form, manifest::ArchiveForm::kZip);
  EXPECT_EQ(zip.archive->folder, std::nullopt);
}

TEST_F(VerifyArchiveTest, HashesAsTheSignatureSays) {
  for (const hash::Algorithm algorithm :
       {hash::Algorithm::kSha256, hash::Algorithm::kBlake2b, hash::Algorithm::kBlake3}) {
    for (const std::uint64_t shard_size : {0U, 3U, 7U, 100U}) {
      hashing_ = {algorithm, shard_size};
      sign();
      const VerifyReport report = verify("m.tar", kModel + tar_end());
      EXPECT_EQ(report.verdict(), Verdict::kVerified) << shard_size;
      EXPECT_EQ(report.hashing.algorithm, algorithm);
      EXPECT_EQ(differences(verify(
                    "m.tar", tar_member("sub/b", "x") + tar_member("a", "weighty") + tar_end())),
                std::vector<std::string>{"changed a"});
    }
  }
}

TEST_F(VerifyArchiveTest, ListsEveryDifference) {
  sign();
  const VerifyReport report =
      verify("m.tar", tar_member("m/a", "other") + tar_member("m/c", "new") + tar_end());
  EXPECT_EQ(outcome(report), "model_differs");
  EXPECT_THAT(differences(report), ElementsAre("changed a", "extra c", "missing sub/b"));
  ASSERT_TRUE(report.archive);
  EXPECT_EQ(report.archive->folder, "m");
}

TEST_F(VerifyArchiveTest, LeavesUnsignedMembersOutOnlyIfAsked) {
  sign();
  const std::string archive = kModel + tar_member("model/new", "x") + tar_end();
  EXPECT_EQ(outcome(verify("m.tar", archive)), "model_differs");
  unsigned_files_ = manifest::UnsignedFiles::kIgnore;
  EXPECT_EQ(outcome(verify("m.tar", archive)), "verified");
}

TEST_F(VerifyArchiveTest, IgnoresWhatTheSignatureAndTheCallerIgnore) {
  directory_.write("model/logs/1", "old");
  files_.ignore_paths = {directory_.path("model/logs")};
  sign();
  files_.ignore_paths = {directory_.path("m.tar/notes")};
  const std::string more = tar_member("model/logs/2", "x") + tar_member("model/notes", "x") +
                           tar_member("model/.git/HEAD", "x");
  const VerifyReport report = verify("m.tar", kModel + more + tar_end());
  EXPECT_EQ(report.verdict(), Verdict::kVerified);
  EXPECT_THAT(report.ignored_present, ElementsAre(".git", "logs", "notes"));
}

TEST_F(VerifyArchiveTest, VerifiesAPart) {
  sign();
  const std::string changed = tar_member("m/a", "other") + tar_member("m/sub/b", "x") +
                              tar_member("m/new", "x") + tar_end();
  scope_.only = {directory_.path("m.tar/sub")};
  const VerifyReport part = verify("m.tar", changed);
  EXPECT_EQ(outcome(part), "verified");
  EXPECT_TRUE(part.partial);
  EXPECT_EQ(part.files, 2U);
  EXPECT_EQ(part.files_checked, 1U);
  scope_.only = {directory_.path("m.tar/a")};
  EXPECT_THAT(differences(verify("m.tar", changed)), ElementsAre("changed a"));
}

TEST_F(VerifyArchiveTest, ReportsUnsignedFilesOfAPart) {
  sign();
  scope_.only = {directory_.path("m.tar/sub")};
  const std::string more = kModel + tar_member("model/sub/c", "x") + tar_end();
  EXPECT_THAT(differences(verify("m.tar", more)), ElementsAre("extra sub/c"));
  scope_.only = {directory_.path("m.tar/sub/c")};
  EXPECT_EQ(outcome(verify("m.tar", more)), "path_not_signed");
}

TEST_F(VerifyArchiveTest, RefusesAFaultyArchiveWhateverThePart) {
  sign();
  scope_.only = {directory_.path("m.tar/a")};
  const VerifyReport report = verify("m.tar", kModel + tar_member("model/a", "twice") + tar_end());
  EXPECT_EQ(outcome(report), "archive_member_duplicate");
  EXPECT_TRUE(report.partial);
}

TEST_F(VerifyArchiveTest, TakesAnArchiveThatWasSignedAsAFile) {
  directory_.write("m.tar", kModel + tar_end());
  sign("m.tar");
  const VerifyReport report = verify("m.tar", kModel + tar_end());
  EXPECT_EQ(report.verdict(), Verdict::kVerified);
  EXPECT_FALSE(report.archive);
  // Not the same file, though the members are the same.
  const VerifyReport other = verify("m.tar", kModel + tar_end() + std::string(512, '\0'));
  EXPECT_THAT(differences(other), ElementsAre("changed m.tar"));
  EXPECT_FALSE(other.archive);
  // Nor is it read as an archive: anything may be called so.
  directory_.write("m.tar", "no archive");
  sign("m.tar");
  EXPECT_EQ(outcome(verify("m.tar", "no archive")), "verified");
}

TEST_F(VerifyArchiveTest, TellsOfTheArchiveWhenItIsRefused) {
  sign();
  const VerifyReport report = verify("m.tar", kModel);
  EXPECT_EQ(outcome(report), "archive_truncated");
  EXPECT_TRUE(report.signer.has_value());
  ASSERT_TRUE(report.archive);
  EXPECT_EQ(report.archive->folder, std::nullopt);
  EXPECT_THAT(report.differences, IsEmpty());
}

TEST_F(VerifyArchiveTest, RefusesLinksEvenWhereTheyAreAllowed) {
  files_.allow_symlinks = true;
  sign();
  EXPECT_EQ(outcome(verify("m.tar", kModel + tar_member("model/l", "", '2') + tar_end())),
            "archive_link");
}

TEST_F(VerifyArchiveTest, ReadsNoArchiveBeforeTheSignatureIsGood) {
  sign();
  std::string text = directory_.read("model.sig");
  const std::size_t sig = text.find("\"sig\":\"") + 20;
  text[sig] = text[sig] == 'A' ? 'B' : 'A';
  directory_.write("model.sig", text);
  const VerifyReport report = verify("m.tar", "no archive");
  EXPECT_EQ(outcome(report), "signature_invalid");
  EXPECT_FALSE(report.archive);
}

TEST_F(VerifyArchiveTest, StopsAtTheCallersLimit) {
  sign();
  limits_.max_unpacked_bytes = 1000;
  EXPECT_EQ(outcome(verify("m.tar", kModel + tar_end())), "limit_exceeded");
}

// A clock is looked at when a certificate is verified: a moment at which something can happen.
class EventfulClock final : public base::Clock {
 public:
  explicit EventfulClock(std::function<void()> on_look) : on_look_(std::move(on_look)) {}
  [[nodiscard]] base::UnixTime now() const override {
    on_look_();
    return testing::kTestTime;
  }

 private:
  std::function<void()> on_look_;
};

class VerifyArchiveSignaturesTest : public VerifyArchiveTest {
 protected:
  // Signs the model by a bare key and by a certificate, which is verified after it.
  SignaturesRequest sign_twice() {
    sign();
    crypto::PrivateKeySigner signer = testing::signer("p384");
    SignRequest certified{.model = directory_.path("model"),
                          .signature = directory_.path("certified.sig"),
                          .chain = {testing::certificate("p384")}};
    certified.hashing.shard_size = 4;
    EXPECT_THAT(sign_model(certified, signer, context_.get()), testing::IsOk());
    return {.model = directory_.path("m.tar"),
            .signatures = {directory_.path("model.sig"), directory_.path("certified.sig")},
            .signers = {public_key("p256"),
                        attest::CertificateExpectations{testing::test_anchors(), {}}},
            .threshold = 1};
  }

  SignaturesReport verify_all(const SignaturesRequest& request, std::function<void()> in_between) {
    const EventfulClock clock(std::move(in_between));
    return verify_signatures(request,
                             {clock, context_.progress, context_.log, context_.cancellation});
  }
};

TEST_F(VerifyArchiveSignaturesTest, VerifiesSeveralSignaturesOfTheFiles) {
  const SignaturesRequest request = sign_twice();
  directory_.write("m.tar", kModel + tar_end());
  const SignaturesReport report = verify_all(request, [] {});
  EXPECT_EQ(report.verdict(), Verdict::kVerified);
  EXPECT_EQ(report.signers, 2U);
}

TEST_F(VerifyArchiveSignaturesTest, AddsUpNoTwoStatesOfTheArchive) {
  const SignaturesRequest request = sign_twice();
  for (const std::string& later : {kModel + tar_end() + std::string(512, '\0'), kModel}) {
    directory_.write("m.tar", kModel + tar_end());
    const SignaturesReport report = verify_all(request, [&] { directory_.write("m.tar", later); });
    EXPECT_EQ(report.verdict(), Verdict::kUndecided);
    ASSERT_EQ(report.signatures.size(), 2U);
    EXPECT_EQ(outcome(report.signatures[0].report), "verified");
    EXPECT_EQ(outcome(report.signatures[1].report), "file_changed");
  }
}

TEST_F(VerifyArchiveSignaturesTest, StopsAtTheCallersLimit) {
  SignaturesRequest request = sign_twice();
  request.archive_limits.max_unpacked_bytes = 1000;
  directory_.write("m.tar", kModel + tar_end());
  EXPECT_EQ(outcome(verify_all(request, [] {}).signatures[0].report), "limit_exceeded");
}

}  // namespace
}  // namespace hallmark::model

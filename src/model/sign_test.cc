#include "hallmark/model/sign.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "hallmark/model/inspect.h"
#include "testing/result_matchers.h"
#include "testing/sign_model_fixture.h"

namespace hallmark::model {
namespace {

using hallmark::testing::certificate;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;

using Names = std::vector<std::string>;

class SignModelTest : public SignModelFixture {
 protected:
  SignModelTest() {
    directory_.write("model/a", "a");
    directory_.write("model/sub/b", "b");
  }

  manifest::Manifest signed_manifest() {
    return inspect_signature(request_.signature).value().statement.manifest;
  }

  Names signed_names() {
    Names names;
    for (const auto& resource : signed_manifest().resources) names.push_back(resource.name);
    return names;
  }
};

TEST_F(SignModelTest, SignsEveryFile) {
  const auto report = sign();
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->subject, "model");
  EXPECT_EQ(report->files, 2U);
  EXPECT_EQ(signed_names(), (Names{"a", "sub/b"}));
  EXPECT_EQ(signed_manifest().ignore_paths,
            (Names{".git", ".gitattributes", ".github", ".gitignore"}));
}

TEST_F(SignModelTest, RecordsIgnoredPathsRelativeToTheModel) {
  request_.files.ignore_paths = {directory_.path("model/sub/../sub")};
  request_.signature = directory_.path("model/model.sig");
  ASSERT_THAT(sign(), IsOk());
  EXPECT_EQ(signed_names(), (Names{"a"}));
  EXPECT_EQ(signed_manifest().ignore_paths,
            (Names{".git", ".gitattributes", ".github", ".gitignore", "model.sig", "sub"}));
}

TEST_F(SignModelTest, RecordsNoGitPathsWhenTheyAreNotIgnored) {
  directory_.write("model/.gitignore", "x");
  request_.files.ignore_git_paths = false;
  ASSERT_THAT(sign(), IsOk());
  EXPECT_EQ(signed_names(), (Names{".gitignore", "a", "sub/b"}));
  EXPECT_TRUE(signed_manifest().ignore_paths.empty());
}

TEST_F(SignModelTest, CallsASingleFileByItsNameOrAsTheReferenceDoes) {
  request_.model = directory_.path("model/a");
  ASSERT_THAT(sign(), IsOk());
  EXPECT_EQ(signed_names(), (Names{"a"}));
  request_.compatibility = Compatibility::kReference;
  ASSERT_THAT(sign(), IsOk());
  EXPECT_EQ(signed_names(), (Names{"."}));
}

TEST_F(SignModelTest, WritesTheSameStatementEveryTime) {
  ASSERT_THAT(sign(), IsOk());
  const Bytes first = inspect_signature(request_.signature).value().bundle.envelope.payload;
  ASSERT_THAT(sign(), IsOk());
  EXPECT_EQ(inspect_signature(request_.signature).value().bundle.envelope.payload, first);
}

TEST_F(SignModelTest, ReplacesASignatureButNoOtherFile) {
  ASSERT_THAT(sign(), IsOk());
  ASSERT_THAT(sign(), IsOk());
  directory_.write("model.sig", "");
  ASSERT_THAT(sign(), IsOk());
  directory_.write("model.sig", "weights");
  EXPECT_THAT(sign(), HasCode(Code::kAlreadyExists));
  EXPECT_EQ(directory_.read("model.sig"), "weights");
}

TEST_F(SignModelTest, LeavesNothingBehindWhenItFails) {
  request_.files.ignore_paths = {directory_.path("model/a"), directory_.path("model/sub")};
  EXPECT_THAT(sign(), HasCode(Code::kModelEmpty));
  EXPECT_EQ(directory_.list(), (Names{"model"}));
  context_.cancellation.request();
  request_.files.ignore_paths.clear();
  EXPECT_THAT(sign(), HasCode(Code::kCancelled));
  EXPECT_EQ(directory_.list(), (Names{"model"}));
}

TEST_F(SignModelTest, KeepsAnOlderSignatureWhenItFails) {
  ASSERT_THAT(sign(), IsOk());
  const std::string before = directory_.read("model.sig");
  directory_.make_link("a", "model/link");
  EXPECT_THAT(sign(), HasCode(Code::kSymlinkRefused));
  EXPECT_EQ(directory_.read("model.sig"), before);
}

TEST_F(SignModelTest, SignsWithACertificateThatIsValidNow) {
  request_.chain = {certificate("p256"), certificate("root")};
  EXPECT_THAT(sign(), IsOk());
  context_.clock.set(base::UnixTime{2340000000});
  EXPECT_THAT(sign(), HasCode(Code::kCertificateExpired));
}

TEST_F(SignModelTest, SignsShardsOfEveryFileThatHasContents) {
  directory_.write("model/a", "0123456789");
  directory_.write("model/empty", "");
  request_.hashing = {.algorithm = hash::Algorithm::kBlake3, .shard_size = 4};
  const auto report = sign();
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->files, 2U);
  EXPECT_EQ(report->files_without_shard, Names{"empty"});
  const manifest::Manifest manifest = signed_manifest();
  EXPECT_EQ(manifest.method, manifest::Method::kShards);
  EXPECT_EQ(manifest.shard_size, 4U);
  EXPECT_EQ(manifest.algorithm, hash::Algorithm::kBlake3);
  EXPECT_EQ(signed_names(), (Names{"a", "a", "a", "sub/b"}));
  EXPECT_EQ(report->digest, manifest::root_digest(manifest.resources));
}

TEST_F(SignModelTest, LabelsShardsForTheReferenceWhenToldSo) {
  request_.hashing.shard_size = 4;
  const auto payload = [&] {
    const auto contents = inspect_signature(request_.signature).value();
    return std::string(text_of(contents.bundle.envelope.payload));
  };
  ASSERT_THAT(sign(), IsOk());
  EXPECT_EQ(payload().find("sharded"), std::string::npos);
  request_.compatibility = Compatibility::kReference;
  ASSERT_THAT(sign(), IsOk());
  EXPECT_NE(payload().find(R"("algorithm":"sha256-sharded-4")"), std::string::npos);
}

TEST_F(SignModelTest, RefusesAlgorithmsThatOmsDoesNotRegister) {
  for (const hash::Algorithm algorithm : {hash::Algorithm::kSha384, hash::Algorithm::kSha512}) {
    request_.hashing.algorithm = algorithm;
    EXPECT_THAT(sign(), HasCode(Code::kUnsupported));
  }
}

TEST_F(SignModelTest, RefusesAShardSizeThatNoStatementCouldName) {
  request_.hashing.shard_size = manifest::kLargestShardSize + 1;
  EXPECT_THAT(sign(), HasCode(Code::kUsage));
}

}  // namespace
}  // namespace hallmark::model

#include <filesystem>

#include <gtest/gtest.h>

#include "hallmark/model/verify.h"
#include "testing/result_matchers.h"
#include "testing/sign_model_fixture.h"

namespace hallmark::model {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::public_key;
using ::testing::HasSubstr;

class ReuseTest : public SignModelFixture {
 protected:
  ReuseTest() {
    directory_.write("model/a", "a");
    directory_.write("model/b", "b");
    directory_.write("model/dir/c", "c");
    request_.signature = directory_.path("old.sig");
  }

  // Signs as things are, and turns the request into one that reuses this.
  void sign_old() {
    ASSERT_THAT(sign(), IsOk());
    request_.reuse = ReuseRequest{.signature = directory_.path("old.sig"),
                                  .expected_signer = public_key("p256")};
    request_.signature = directory_.path("new.sig");
  }

  void change(std::initializer_list<std::string> paths) {
    request_.reuse->changed.emplace();
    for (const std::string& path : paths) {
      request_.reuse->changed->push_back(directory_.path("model/" + path));
    }
  }

  std::uint64_t taken_over() { return sign().value().reused->taken_over; }

  Verdict verdict() {
    return verify_model(
               {request_.model, request_.signature, request_.files, {}, public_key("p256")},
               context_.get())
        .verdict();
  }
};

TEST_F(ReuseTest, ReadsOnlyWhatChangedAndIsNew) {
  sign_old();
  directory_.write("model/a", "changed");
  directory_.write("model/new", "new");
  change({"a"});
  const auto report = sign();
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->files, 4U);
  EXPECT_EQ(report->reused->taken_over, 2U);
  EXPECT_EQ(report->reused->subject, "model");
  EXPECT_EQ(report->reused->digest,
            manifest::root_digest(contents("old.sig").statement.manifest.resources));
  EXPECT_EQ(verdict(), Verdict::kVerified);
}

TEST_F(ReuseTest, SignsTheSameBytesAsReadingEverything) {
  for (const std::uint64_t shard_size : {0U, 4U}) {
    request_.reuse.reset();
    request_.signature = directory_.path("old.sig");
    request_.hashing.shard_size = shard_size;
    sign_old();
    directory_.write("model/dir/c", "0123456789");
    change({"dir"});
    EXPECT_EQ(taken_over(), 2U);
    request_.reuse.reset();
    request_.signature = directory_.path("read.sig");
    ASSERT_THAT(sign(), IsOk());
    EXPECT_EQ(payload("new.sig"), payload("read.sig"));
  }
}

TEST_F(ReuseTest, BelievesTheUserAboutWhatDidNotChange) {
  sign_old();
  directory_.write("model/a", "changed behind the user's back");
  change({"b"});
  EXPECT_EQ(taken_over(), 2U);
  EXPECT_EQ(verdict(), Verdict::kRejected);
}

TEST_F(ReuseTest, ReadsAllWhenNobodySaysWhatChanged) {
  sign_old();
  directory_.write("model/a", "changed");
  EXPECT_EQ(taken_over(), 0U);
  EXPECT_EQ(verdict(), Verdict::kVerified);
}

TEST_F(ReuseTest, ReadsAFileOfAnotherSizeWhereShardsTellIt) {
  request_.hashing.shard_size = 4;
  sign_old();
  directory_.write("model/a", "longer");
  change({"b"});
  EXPECT_EQ(taken_over(), 1U);
  EXPECT_EQ(verdict(), Verdict::kVerified);
}

TEST_F(ReuseTest, HashesAsTheOldSignatureDid) {
  request_.hashing = {.algorithm = hash::Algorithm::kBlake2b, .shard_size = 4};
  sign_old();
  request_.hashing = {};
  change({"a"});
  const auto report = sign();
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->hashing.algorithm, hash::Algorithm::kBlake2b);
  EXPECT_EQ(report->hashing.shard_size, 4U);
  EXPECT_EQ(verdict(), Verdict::kVerified);
}

TEST_F(ReuseTest, RefusesAHashThatTheOldSignatureDoesNotHave) {
  sign_old();
  change({"a"});
  request_.reuse->hashing.algorithm = hash::Algorithm::kBlake3;
  EXPECT_THAT(sign(), FailsWith(Code::kUsage,
                                HasSubstr("it has sha256 digests of whole files, and blake3")));
  request_.reuse->hashing.algorithm.reset();
  request_.reuse->hashing.shard_size = 4;
  EXPECT_THAT(sign(), HasCode(Code::kUsage));
  request_.reuse->hashing.algorithm = hash::Algorithm::kSha256;
  request_.reuse->hashing.shard_size = 0;
  EXPECT_THAT(sign(), IsOk());
}

TEST_F(ReuseTest, StopsAtAnOldSignatureThatIsNotGood) {
  sign_old();
  change({"a"});
  request_.reuse->expected_signer = public_key("p384");
  EXPECT_THAT(sign(), HasCode(Code::kKeyHintMismatch));
  request_.reuse->expected_signer = attest::CertificateExpectations{};
  EXPECT_THAT(sign(), HasCode(Code::kMaterialMismatch));
  directory_.write("old.sig", "{}");
  EXPECT_THAT(sign(), HasCode(Code::kMemberMissing));
  request_.reuse->signature = directory_.path("nowhere");
  EXPECT_THAT(sign(), HasCode(Code::kNotFound));
  EXPECT_FALSE(directory_.exists("new.sig"));
}

TEST_F(ReuseTest, RefusesChangedPathsThatNameNothing) {
  sign_old();
  change({"wieghts"});
  EXPECT_THAT(sign(), HasCode(Code::kUsage));
  change({".."});
  EXPECT_THAT(sign(), HasCode(Code::kPathOutsideModel));
  std::filesystem::remove(directory_.path("model/a"));
  change({"a"});
  EXPECT_EQ(taken_over(), 2U);
}

TEST_F(ReuseTest, FollowsLinksBothWaysToWhatChanged) {
  directory_.make_link("a", "model/link");
  request_.files.allow_symlinks = true;
  sign_old();
  directory_.write("model/a", "changed");
  for (const std::string name : {"a", "link"}) {
    change({name});
    EXPECT_EQ(taken_over(), 2U) << name;
    EXPECT_EQ(verdict(), Verdict::kVerified) << name;
  }
}

TEST_F(ReuseTest, LeavesTheOldSignatureOut) {
  request_.signature = directory_.path("model/old.sig");
  ASSERT_THAT(sign(), IsOk());
  request_.reuse = ReuseRequest{.signature = directory_.path("model/old.sig"),
                                .expected_signer = public_key("p256")};
  request_.signature = directory_.path("model/new.sig");
  EXPECT_EQ(sign().value().files, 3U);
  std::filesystem::remove(directory_.path("model/new.sig"));
  request_.signature = directory_.path("model/old.sig");
  EXPECT_EQ(sign().value().files, 3U);
}

TEST_F(ReuseTest, FindsASingleFileUnderTheNameThatTheReferenceGivesIt) {
  request_.model = directory_.path("model/a");
  request_.compatibility = Compatibility::kReference;
  sign_old();
  request_.reuse->changed.emplace();
  EXPECT_EQ(taken_over(), 1U);
  EXPECT_EQ(payload("new.sig"), payload("old.sig"));
}

}  // namespace
}  // namespace hallmark::model

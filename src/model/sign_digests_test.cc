#include <gtest/gtest.h>

#include "hallmark/base/json_writer.h"
#include "testing/result_matchers.h"
#include "testing/sign_model_fixture.h"

namespace hallmark::model {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::public_key;
using ::testing::HasSubstr;

class SignDigestsTest : public SignModelFixture {
 protected:
  SignDigestsTest() {
    directory_.write("model/a", "0123456789");
    directory_.write("model/sub/b", "b");
    directory_.write("model/empty", "");
  }

  void use_list(const std::string& text) {
    directory_.write("list", text);
    request_.digests = DigestsRequest{directory_.path("list"), {}};
  }

  // The files of the signature as lines of sha256sum.
  std::string as_sums() {
    std::string text;
    for (const auto& resource : contents().statement.manifest.resources) {
      text += resource.digest.hex() + "  " + resource.name + "\n";
    }
    return text;
  }

  // The same as JSON, in the reverse order.
  std::string as_json() {
    const manifest::Manifest manifest = contents().statement.manifest;
    base::JsonArray resources;
    for (const auto& resource : manifest.resources) {
      base::JsonObject object{{"name", resource.name}, {"digest", resource.digest.to_string()}};
      if (manifest.shard_size != 0) {
        object.emplace_back("start", resource.shard.start);
        object.emplace_back("end", resource.shard.end);
      }
      resources.insert(resources.begin(), std::move(object));
    }
    base::JsonObject list{{"schema", "hallmark-digests/v1"},
                          {"hash_algorithm", hash::to_string(manifest.algorithm)},
                          {"resources", std::move(resources)}};
    if (manifest.shard_size != 0) list.emplace_back("shard_size", manifest.shard_size);
    return base::write_json_indented(std::move(list));
  }
};

TEST_F(SignDigestsTest, SignsTheSameBytesAsReading) {
  ASSERT_THAT(sign(), IsOk());
  const Bytes read = payload();
  use_list(as_sums());
  const auto report = sign();
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(report->files, 3U);
  EXPECT_EQ(report->digest_list, manifest::DigestListForm::kSums);
  EXPECT_EQ(payload(), read);
}

TEST_F(SignDigestsTest, SignsTheSameShardsAsReading) {
  for (const hash::Algorithm algorithm :
       {hash::Algorithm::kSha256, hash::Algorithm::kBlake2b, hash::Algorithm::kBlake3}) {
    for (const std::uint64_t shard_size : {0U, 4U}) {
      request_.digests.reset();
      request_.hashing = {algorithm, shard_size};
      ASSERT_THAT(sign(), IsOk());
      const Bytes read = payload();
      use_list(as_json());
      request_.hashing = {};
      const auto report = sign();
      ASSERT_THAT(report, IsOk());
      EXPECT_EQ(report->hashing.algorithm, algorithm);
      EXPECT_EQ(report->files_without_shard.size(), shard_size == 0 ? 0U : 1U);
      EXPECT_EQ(payload(), read);
    }
  }
}

TEST_F(SignDigestsTest, ReadsNoFileOfTheModel) {
  ASSERT_THAT(sign(), IsOk());
  const Bytes before = payload();
  use_list(as_sums());
  directory_.write("model/a", "other contents");
  ASSERT_THAT(sign(), IsOk());
  EXPECT_EQ(payload(), before);
}

TEST_F(SignDigestsTest, RefusesAListOfOtherFiles) {
  ASSERT_THAT(sign(), IsOk());
  use_list(as_sums());
  directory_.write("model/new", "new");
  EXPECT_THAT(sign(), FailsWith(Code::kModelDiffers, HasSubstr("'new' is in the model")));
}

TEST_F(SignDigestsTest, TellsAnUnreadableListFromABadModel) {
  use_list("no list\n");
  EXPECT_THAT(sign(), FailsWith(Code::kDigestListUnreadable, HasSubstr("/list: line 1: ")));
  use_list(R"({"schema": "hallmark-digests/v1")");
  EXPECT_THAT(sign(), HasCode(Code::kDigestListUnreadable));
  request_.digests->file = directory_.path("nowhere");
  EXPECT_THAT(sign(), HasCode(Code::kNotFound));
  EXPECT_FALSE(directory_.exists("model.sig"));
}

TEST_F(SignDigestsTest, RefusesAHashThatTheListDoesNotHave) {
  ASSERT_THAT(sign(), IsOk());
  use_list(as_sums());
  request_.digests->hashing.algorithm = hash::Algorithm::kBlake3;
  EXPECT_THAT(sign(), HasCode(Code::kUsage));
  request_.digests->hashing = {hash::Algorithm::kSha256, 4};
  EXPECT_THAT(sign(), HasCode(Code::kUsage));
  request_.digests->hashing.shard_size = 0;
  EXPECT_THAT(sign(), IsOk());
}

TEST_F(SignDigestsTest, TakesDigestsFromOneSource) {
  ASSERT_THAT(sign(), IsOk());
  use_list(as_sums());
  request_.reuse =
      ReuseRequest{.signature = request_.signature, .expected_signer = public_key("p256")};
  EXPECT_THAT(sign(), HasCode(Code::kUsage));
}

TEST_F(SignDigestsTest, SignsASingleFile) {
  request_.model = directory_.path("model/a");
  ASSERT_THAT(sign(), IsOk());
  const Bytes read = payload();
  use_list(as_sums());
  ASSERT_THAT(sign(), IsOk());
  EXPECT_EQ(payload(), read);
}

}  // namespace
}  // namespace hallmark::model

#include <filesystem>

#include <gtest/gtest.h>

#include "hallmark/model/sign.h"
#include "hallmark/model/verify.h"
#include "testing/model_context.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::model {
namespace {

using hallmark::testing::IsOk;
using hallmark::testing::public_key;
using hallmark::testing::TemporaryDirectory;
using manifest::ByteRange;

class VerifyShardsTest : public ::testing::Test {
 protected:
  VerifyShardsTest() {
    directory_.write("model/a", "0123456789");
    directory_.write("model/sub/b", "b");
    directory_.write("model/empty", "");
  }

  void sign(HashingOptions hashing = {.shard_size = 4},
            Compatibility compatibility = Compatibility::kNone) {
    crypto::PrivateKeySigner signer = hallmark::testing::signer("p256");
    const SignRequest request{.model = directory_.path("model"),
                              .signature = directory_.path("model.sig"),
                              .hashing = hashing,
                              .compatibility = compatibility};
    ASSERT_THAT(sign_model(request, signer, context_.get()), IsOk());
  }

  VerifyReport verify() {
    return verify_model({directory_.path("model"),
                         directory_.path("model.sig"),
                         {},
                         unsigned_files_,
                         public_key("p256")},
                        context_.get());
  }

  // "changed a 0-4 8-10": what the report lists.
  std::vector<std::string> differences() {
    std::vector<std::string> lines;
    for (const auto& d : verify().differences) {
      std::string line = std::string(to_string(d.kind)) + " " + d.path;
      for (const ByteRange& range : d.ranges) {
        line += " " + std::to_string(range.start) + "-" + std::to_string(range.end);
      }
      lines.push_back(line);
    }
    return lines;
  }

  TemporaryDirectory directory_;
  manifest::UnsignedFiles unsigned_files_ = manifest::UnsignedFiles::kReport;
  TestContext context_;
};

using Lines = std::vector<std::string>;

TEST_F(VerifyShardsTest, TakesMethodSizeAndAlgorithmFromTheSignature) {
  for (const hash::Algorithm algorithm : hash::kAlgorithms) {
    if (!hash::is_registered(algorithm)) continue;
    for (const std::uint64_t size : {0U, 1U, 4U, 10U, 1000U}) {
      for (const auto compatibility : {Compatibility::kNone, Compatibility::kReference}) {
        sign({algorithm, size}, compatibility);
        const VerifyReport report = verify();
        EXPECT_EQ(report.verdict(), Verdict::kVerified) << to_string(algorithm) << " " << size;
        EXPECT_EQ(report.files, size == 0 ? 3U : 2U);
      }
    }
  }
}

TEST_F(VerifyShardsTest, TellsAFileOnceAndWhereItChanged) {
  sign();
  directory_.write("model/a", "x123456789");
  EXPECT_EQ(differences(), Lines{"changed a 0-4"});
  directory_.write("model/a", "x1234567x9");
  EXPECT_EQ(differences(), (Lines{"changed a 0-4 8-10"}));
  directory_.write("model/a", "xxxxxxxxxx");
  EXPECT_EQ(differences(), Lines{"changed a 0-10"});
  EXPECT_EQ(verify().problem->message, "the model differs from what was signed in 1 file");
}

TEST_F(VerifyShardsTest, SeesFilesThatGrewOrWereCut) {
  sign();
  directory_.write("model/a", "0123456789+");
  EXPECT_EQ(differences(), Lines{"changed a 8-11"});
  directory_.write("model/a", "01234567");
  EXPECT_EQ(differences(), Lines{"changed a 8-10"});
  directory_.write("model/a", "0123456789" + std::string(10, '+'));
  EXPECT_EQ(differences(), Lines{"changed a 8-20"});
}

TEST_F(VerifyShardsTest, SeesMissingExtraAndRenamedFiles) {
  sign();
  std::filesystem::rename(directory_.path("model/a"), directory_.path("model/moved"));
  std::filesystem::remove(directory_.path("model/sub/b"));
  directory_.write("model/extra", "x");
  EXPECT_EQ(differences(), (Lines{"renamed a", "extra extra", "missing sub/b"}));
}

TEST_F(VerifyShardsTest, TellsEmptyFilesThatNobodySigned) {
  sign();
  directory_.write("model/another", "");
  const VerifyReport report = verify();
  EXPECT_EQ(report.verdict(), Verdict::kVerified);
  EXPECT_EQ(report.files_without_shard, (Lines{"another", "empty"}));
  unsigned_files_ = manifest::UnsignedFiles::kIgnore;
  EXPECT_EQ(verify().files_without_shard, Lines{});
}

TEST_F(VerifyShardsTest, AnEmptyFileInTheMethodFilesIsExtra) {
  sign({.shard_size = 0});
  directory_.write("model/another", "");
  EXPECT_EQ(differences(), Lines{"extra another"});
  EXPECT_EQ(verify().files_without_shard, Lines{});
}

TEST_F(VerifyShardsTest, ASignedFileThatWasEmptiedHasChanged) {
  sign();
  directory_.write("model/a", "");
  EXPECT_EQ(differences(), Lines{"changed a 0-10"});
  EXPECT_EQ(verify().files_without_shard, Lines{"empty"});
  unsigned_files_ = manifest::UnsignedFiles::kIgnore;
  EXPECT_EQ(differences(), Lines{"changed a 0-10"});
}

TEST_F(VerifyShardsTest, TellsFilesWithColonsApart) {
  directory_.write("model/a:0:4", "other");
  directory_.write("model/a:", "third");
  sign();
  EXPECT_EQ(verify().verdict(), Verdict::kVerified);
  directory_.write("model/a:0:4", "Other");
  EXPECT_EQ(differences(), Lines{"changed a:0:4 0-4"});
}

TEST_F(VerifyShardsTest, VerifiesASingleFileUnderBothOfItsNames) {
  std::filesystem::remove_all(directory_.path("model"));
  directory_.write("model", "0123456789");
  for (const auto compatibility : {Compatibility::kNone, Compatibility::kReference}) {
    sign({.shard_size = 4}, compatibility);
    EXPECT_EQ(verify().verdict(), Verdict::kVerified);
  }
  directory_.write("model", "0123456x89");
  EXPECT_EQ(differences(), Lines{"changed model 4-8"});
}

}  // namespace
}  // namespace hallmark::model

#include "model/scope.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"
#include "hallmark/model/digest.h"
#include "hallmark/model/sign.h"
#include "testing/result_matchers.h"
#include "testing/sign_model_fixture.h"

namespace hallmark::model {
namespace {

using hallmark::testing::IsOk;
using hallmark::testing::public_key;

class ScopeTest : public SignModelFixture {
 protected:
  void SetUp() override {
    directory_.write("model/a/b", "1");
    directory_.write("model/a/c", "2");
    directory_.write("model/a-b", "3");
    directory_.write("model/d", "4");
    ASSERT_THAT(sign(), IsOk());
  }

  VerifyReport verify(manifest::UnsignedFiles unsigned_files = manifest::UnsignedFiles::kReport) {
    FileOptions files;
    files.allow_symlinks = allow_symlinks_;
    return verify_model({directory_.path("model"), directory_.path("model.sig"), files,
                         unsigned_files, public_key("p256"), scope_},
                        context_.get());
  }

  // "verified", or the reason why not.
  std::string outcome(manifest::UnsignedFiles unsigned_files = manifest::UnsignedFiles::kReport) {
    const VerifyReport report = verify(unsigned_files);
    return std::string(report.problem ? name_of(report.problem->code)
                                      : to_string(report.verdict()));
  }

  void only(const std::string& path) { scope_.only.push_back(directory_.path("model/" + path)); }

  VerifyScope scope_;
  bool allow_symlinks_ = false;
};

TEST_F(ScopeTest, VerifiesAPartAndSaysSo) {
  only("a");
  std::filesystem::remove(directory_.path("model/d"));
  directory_.write("model/a-b", "changed");
  directory_.write("model/extra", "x");
  const VerifyReport report = verify();
  EXPECT_EQ(report.verdict(), Verdict::kVerified);
  EXPECT_TRUE(report.partial);
  EXPECT_EQ(report.files, 4U);
  EXPECT_EQ(report.files_checked, 2U);
  scope_.only.clear();
  EXPECT_FALSE(verify().partial);
  EXPECT_EQ(outcome(), "model_differs");
}

TEST_F(ScopeTest, VerifiesSeveralParts) {
  only("a/c");
  only("d");
  EXPECT_EQ(verify().files_checked, 2U);
  EXPECT_EQ(outcome(), "verified");
  directory_.write("model/a/b", "changed");
  EXPECT_EQ(outcome(), "verified");
  directory_.write("model/a/c", "changed");
  EXPECT_EQ(outcome(), "model_differs");
}

TEST_F(ScopeTest, VerifiesTheFilesAskedForWhateverLinksLeadThere) {
  directory_.write("model/e/b", "5");
  ASSERT_THAT(sign(), IsOk());
  only("a/b");
  std::filesystem::remove_all(directory_.path("model/a"));
  directory_.make_link("e", "model/a");
  EXPECT_EQ(outcome(), "symlink_refused");
  allow_symlinks_ = true;
  EXPECT_EQ(outcome(), "model_differs");
}

TEST_F(ScopeTest, SeesEveryDifferenceWithinAPart) {
  only("a");
  directory_.write("model/a/extra", "x");
  EXPECT_EQ(outcome(), "model_differs");
  EXPECT_EQ(outcome(manifest::UnsignedFiles::kIgnore), "verified");
  std::filesystem::remove(directory_.path("model/a/extra"));
  std::filesystem::remove(directory_.path("model/a/b"));
  EXPECT_EQ(outcome(), "model_differs");
  EXPECT_EQ(outcome(manifest::UnsignedFiles::kIgnore), "model_differs");
}

TEST_F(ScopeTest, LooksAtNothingElse) {
  only("a");
  directory_.make_pipe("model/pipe");
  directory_.make_link("/etc/passwd", "model/link");
  directory_.write("model/bad\xff", "x");
  EXPECT_EQ(outcome(), "verified");
  directory_.make_link("/etc/passwd", "model/a/link");
  EXPECT_EQ(outcome(), "symlink_refused");
}

TEST_F(ScopeTest, RefusesWhatNobodySigned) {
  only("extra");
  directory_.write("model/extra", "x");
  EXPECT_EQ(outcome(), "path_not_signed");
  scope_.only.clear();
  only("a/b/deeper");
  EXPECT_EQ(outcome(), "path_not_signed");
  scope_.only = {directory_.path("model.sig")};
  EXPECT_EQ(outcome(), "path_outside_model");
}

TEST_F(ScopeTest, ComparesTheRootDigest) {
  scope_.root_digest =
      digest_model(directory_.path("model"), {}, {}, Compatibility::kNone, context_.get())
          .value()
          .digest;
  EXPECT_EQ(outcome(), "verified");
  scope_.root_digest = hash::hash_bytes(hash::Algorithm::kSha256, bytes_of("other"));
  EXPECT_EQ(outcome(), "root_digest_unexpected");
}

TEST_F(ScopeTest, TellsOfPointersInThePlaceOfFiles) {
  const auto pointer = [](const hash::Digest& to) {
    return "version https://git-lfs.github.com/spec/v1\noid sha256:" + to.hex() + "\nsize 1\n";
  };
  directory_.write("model/a/b", pointer(hash::hash_bytes(hash::Algorithm::kSha256, bytes_of("1"))));
  directory_.write("model/d", pointer(hash::hash_bytes(hash::Algorithm::kSha256, bytes_of("9"))));
  const VerifyReport report = verify();
  EXPECT_EQ(report.verdict(), Verdict::kRejected);
  ASSERT_EQ(report.lfs_pointers.size(), 2U);
  EXPECT_EQ(report.lfs_pointers[0].path, "a/b");
  EXPECT_TRUE(report.lfs_pointers[0].to_what_was_signed);
  EXPECT_EQ(report.lfs_pointers[1].path, "d");
  EXPECT_FALSE(report.lfs_pointers[1].to_what_was_signed);
}

TEST_F(ScopeTest, VerifiesASnapshotInTheCacheOfAHub) {
  const std::string repository = "models--o--m/";
  directory_.write(repository + "blobs/11", "1");
  directory_.write(repository + "blobs/22", "2");
  directory_.write(repository + "blobs/33", "3");
  directory_.write(repository + "blobs/44", "4");
  directory_.make_directory(repository + "snapshots/abc/a");
  directory_.make_link("../../../blobs/11", repository + "snapshots/abc/a/b");
  directory_.make_link("../../../blobs/22", repository + "snapshots/abc/a/c");
  directory_.make_link("../../blobs/33", repository + "snapshots/abc/a-b");
  directory_.make_link("../../blobs/44", repository + "snapshots/abc/d");
  VerifyRequest request{directory_.path(repository + "snapshots/abc"),
                        directory_.path("model.sig"),
                        {},
                        manifest::UnsignedFiles::kReport,
                        public_key("p256")};
  VerifyReport report = verify_model(request, context_.get());
  EXPECT_EQ(report.verdict(), Verdict::kVerified);
  EXPECT_EQ(report.links_into, directory_.path(repository + "blobs"));
  directory_.write(repository + "blobs/22", "changed");
  report = verify_model(request, context_.get());
  ASSERT_EQ(report.differences.size(), 1U);
  EXPECT_EQ(report.differences[0].path, "a/c");
}

}  // namespace
}  // namespace hallmark::model

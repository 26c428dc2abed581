#include "hallmark/manifest/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing/archives.h"
#include "testing/result_matchers.h"

namespace hallmark::manifest {
namespace {

using testing::ArchiveInMemory;
using testing::gzip_stored;
using testing::HasCode;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::tar_end;
using testing::tar_member;

// "tar.gz", or "-" for the name of no archive.
std::string form_of(std::string_view name) {
  const auto form = archive_form_of(name);
  return form ? std::string(to_string(*form)) : "-";
}

Result<ArchiveContents> read(const std::string& bytes, ArchiveForm form,
                             const ArchiveLimits& limits = {}, const hash::HashOptions& how = {}) {
  ArchiveInMemory source(bytes);
  const base::Cancellation cancellation;
  return digest_archive(source, form, how, limits, cancellation);
}

TEST(ArchiveTest, KnowsAnArchiveByTheEndOfItsName) {
  EXPECT_EQ(form_of("model.tar"), "tar");
  EXPECT_EQ(form_of("model.tar.gz"), "tar.gz");
  EXPECT_EQ(form_of("model.v1.tgz"), "tar.gz");
  EXPECT_EQ(form_of("model.tar.zst"), "tar.zst");
  EXPECT_EQ(form_of("model.tzst"), "tar.zst");
  EXPECT_EQ(form_of("MODEL.ZIP"), "zip");
  for (const std::string_view name : {"", ".tar", ".zip", "tar", "model.gz", "model.zst",
                                      "model.tar.xz", "model.pt", "model.zip.bin", "modelzip"}) {
    EXPECT_EQ(form_of(name), "-") << name;
  }
}

TEST(ArchiveTest, ReadsTheFormThatTheNameTells) {
  const std::string tar = tar_member("a", "x") + tar_end();
  EXPECT_THAT(read(tar, ArchiveForm::kTar), IsOk());
  EXPECT_THAT(read(tar, ArchiveForm::kTarGzip), HasCode(Code::kArchiveMalformed));
  EXPECT_THAT(read(tar, ArchiveForm::kTarZstd), HasCode(Code::kArchiveMalformed));
  EXPECT_THAT(read(tar, ArchiveForm::kZip), HasCode(Code::kArchiveMalformed));
  EXPECT_THAT(read(gzip_stored(tar), ArchiveForm::kTarGzip), IsOk());
  EXPECT_THAT(read(gzip_stored(tar), ArchiveForm::kTar), HasCode(Code::kArchiveMalformed));
}

TEST(ArchiveTest, ReadsAPackedTarToTheEndOfTheFile) {
  const std::string tar = tar_member("a", "x") + tar_end();
  EXPECT_THAT(read(gzip_stored(tar) + "xx", ArchiveForm::kTarGzip),
              HasCode(Code::kArchiveTrailingData));
  EXPECT_THAT(read(gzip_stored(tar) + gzip_stored("xx"), ArchiveForm::kTarGzip),
              HasCode(Code::kArchiveTrailingData));
  std::string wrong_crc = gzip_stored(tar);
  wrong_crc[wrong_crc.size() - 5] ^= 1;
  EXPECT_THAT(read(wrong_crc, ArchiveForm::kTarGzip), HasCode(Code::kArchiveChecksumMismatch));
}

TEST(ArchiveTest, TellsWhichMemberIsRefused) {
  const auto refused = read(tar_member("m/li\nk", "", '2') + tar_end(), ArchiveForm::kTar);
  ASSERT_THAT(refused, HasCode(Code::kArchiveLink));
  EXPECT_THAT(refused.error().message, HasSubstr("m/li\\nk: the member is a symbolic link"));
}

TEST(ArchiveTest, CountsTheWholeTarAgainstTheLimit) {
  const std::string tar = tar_member("a", "x") + tar_end();
  EXPECT_THAT(read(tar, ArchiveForm::kTar, {.max_unpacked_bytes = 2048}), IsOk());
  EXPECT_THAT(read(tar, ArchiveForm::kTar, {.max_unpacked_bytes = 2047}),
              HasCode(Code::kLimitExceeded));
}

}  // namespace
}  // namespace hallmark::manifest

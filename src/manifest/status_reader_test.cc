#include "manifest/status_reader.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::manifest {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::TemporaryDirectory;
using ::testing::HasSubstr;

class StatusReaderTest : public ::testing::Test {
 protected:
  // Files "d/0", "d/1" and so on, each as long as its number.
  void add(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::string path = "d/" + std::to_string(i);
      directory_.write(path, std::string(i, 'x'));
      files_.emplace_back(path, hash::FileToHash{path, {}});
    }
  }

  Result<void> read(std::size_t threads) {
    const auto parent = base::Directory::open(directory_.path("d"));
    return StatusReader(threads, cancellation_).read(parent.value(), files_);
  }

  TemporaryDirectory directory_;
  std::vector<TreeFile> files_;
  base::Cancellation cancellation_;
};

TEST_F(StatusReaderTest, ReadsTheStatusOfEveryFile) {
  add(300);
  for (const std::size_t threads : {0U, 1U, 4U}) {
    for (TreeFile& file : files_) file.location.listed = {};
    ASSERT_THAT(read(threads), IsOk());
    for (std::size_t i = 0; i < files_.size(); ++i) {
      EXPECT_EQ(files_[i].location.listed.type, base::FileType::kRegular);
      EXPECT_EQ(files_[i].location.listed.size, i);
    }
  }
}

TEST_F(StatusReaderTest, SaysWhatStandsThereNotWhatItLeadsTo) {
  add(2);
  std::filesystem::remove(directory_.path("d/1"));
  directory_.make_link("0", "d/1");
  ASSERT_THAT(read(0), IsOk());
  EXPECT_EQ(files_[1].location.listed.type, base::FileType::kSymlink);
}

TEST_F(StatusReaderTest, TellsTheFirstOfSeveralFailures) {
  add(500);
  for (const int missing : {499, 450, 321, 222}) {
    std::filesystem::remove(directory_.path("d/" + std::to_string(missing)));
  }
  for (int i = 0; i < 20; ++i) EXPECT_THAT(read(4), FailsWith(Code::kNotFound, HasSubstr("/222")));
}

TEST_F(StatusReaderTest, StopsWhenCancelled) {
  add(200);
  cancellation_.request();
  EXPECT_THAT(read(2), HasCode(Code::kCancelled));
}

}  // namespace
}  // namespace hallmark::manifest

#include "hallmark/hash/file_hasher.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"
#include "testing/lent_files.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::hash {
namespace {

using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::lend;
using hallmark::testing::TemporaryDirectory;

class FileHasherTest : public ::testing::Test {
 protected:
  FileToHash listed(const std::string& name) {
    return FileToHash{name, root().status(name).value()};
  }

  base::Directory root() { return base::Directory::open(directory_.path()).value(); }

  Result<std::vector<Digest>> hash(const std::vector<FileToHash>& files, std::size_t threads = 2) {
    base::NoProgress silent;
    return hash_files(root(), lend(files), {.threads = threads}, silent, base::Cancellation());
  }

  TemporaryDirectory directory_;
};

TEST_F(FileHasherTest, HashesFilesInTheOrderGiven) {
  std::vector<FileToHash> files;
  std::vector<std::string> contents;
  for (int i = 0; i < 100; ++i) {
    contents.push_back(std::string(static_cast<std::size_t>(i * 7919 % 600'000), 'a') +
                       std::to_string(i));
    const std::string name = "sub/file" + std::to_string(i);
    directory_.write(name, contents.back());
    files.push_back(listed(name));
  }
  for (const std::size_t threads : {1U, 2U, 7U}) {
    const auto digests = hash(files, threads);
    ASSERT_THAT(digests, IsOk());
    ASSERT_EQ(digests->size(), files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
      EXPECT_EQ((*digests)[i], hash_bytes(Algorithm::kSha256, bytes_of(contents[i])));
    }
  }
}

TEST_F(FileHasherTest, HashesEmptyFilesAndNoFiles) {
  directory_.write("empty", "");
  const auto digests = hash({listed("empty")});
  ASSERT_THAT(digests, IsOk());
  EXPECT_EQ(digests->front(), hash_bytes(Algorithm::kSha256, {}));
  EXPECT_THAT(hash({}), IsOk());
}

TEST_F(FileHasherTest, RefusesAFileThatIsNotTheOneListed) {
  directory_.write("weights", "short");
  const FileToHash before = listed("weights");
  directory_.write("weights", "longer than before");
  EXPECT_THAT(hash({before}), HasCode(Code::kFileChanged));
}

TEST_F(FileHasherTest, RefusesALinkPutInAFilesPlace) {
  directory_.write("weights", "w");
  const FileToHash before = listed("weights");
  std::filesystem::remove(directory_.path("weights"));
  std::filesystem::create_symlink("/etc/passwd", directory_.path("weights"));
  EXPECT_THAT(hash({before}), HasCode(Code::kSymlinkRefused));
}

TEST_F(FileHasherTest, NamesAMissingFile) {
  directory_.write("there", "1");
  FileToHash gone = listed("there");
  gone.path = "gone";
  const auto digests = hash({listed("there"), gone});
  ASSERT_THAT(digests, HasCode(Code::kNotFound));
  EXPECT_NE(digests.error().message.find("gone"), std::string::npos);
}

}  // namespace
}  // namespace hallmark::hash

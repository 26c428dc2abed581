#include "hallmark/hash/file_hasher.h"

#include <filesystem>
#include <fstream>
#include <functional>
#include <mutex>

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

// Calls back once, when the first bytes were read: the moment to change a file under the reader.
class OnFirstBytes final : public base::ProgressSink {
 public:
  explicit OnFirstBytes(std::function<void()> action) : action_(std::move(action)) {}

  void on_total(std::uint64_t, std::uint64_t) override {}
  void on_bytes(std::uint64_t bytes) override {
    const std::scoped_lock lock(mutex_);
    bytes_ += bytes;
    if (action_) std::exchange(action_, nullptr)();
  }
  void on_file() override { ++files_; }

  std::uint64_t bytes() const { return bytes_; }
  int files() const { return files_; }

 private:
  std::mutex mutex_;
  std::function<void()> action_;
  std::uint64_t bytes_ = 0;
  std::atomic<int> files_{0};
};

class FileHasherTest : public ::testing::Test {
 protected:
  FileToHash listed(const std::string& name) {
    return FileToHash{name, root().status(name).value()};
  }

  base::Directory root() { return base::Directory::open(directory_.path()).value(); }

  Result<std::vector<Digest>> hash(const std::vector<FileToHash>& files,
                                   base::ProgressSink& progress, std::size_t threads = 2) {
    return hash_files(root(), lend(files), {.threads = threads}, progress, cancellation_);
  }

  // Several buffers long, so that the change happens in the middle of the reading.
  std::string big() const { return std::string(3'000'000, 'x'); }

  std::string file(const std::string& name) const { return directory_.path() + "/" + name; }

  TemporaryDirectory directory_;
  base::Cancellation cancellation_;
  base::NoProgress silent_;
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
    const auto digests = hash(files, silent_, threads);
    ASSERT_THAT(digests, IsOk());
    ASSERT_EQ(digests->size(), files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
      EXPECT_EQ((*digests)[i], hash_bytes(Algorithm::kSha256, bytes_of(contents[i])));
    }
  }
}

TEST_F(FileHasherTest, HashesEmptyFilesAndNoFiles) {
  directory_.write("empty", "");
  const auto digests = hash({listed("empty")}, silent_);
  ASSERT_THAT(digests, IsOk());
  EXPECT_EQ(digests->front(), hash_bytes(Algorithm::kSha256, {}));
  EXPECT_THAT(hash({}, silent_), IsOk());
}

TEST_F(FileHasherTest, TellsEveryByteAndFile) {
  directory_.write("a", std::string(1'000'000, 'a'));
  directory_.write("b", "b");
  OnFirstBytes progress({});
  ASSERT_THAT(hash({listed("a"), listed("b")}, progress), IsOk());
  EXPECT_EQ(progress.bytes(), 1'000'001U);
  EXPECT_EQ(progress.files(), 2);
}

TEST_F(FileHasherTest, RefusesAFileThatGrowsWhileItIsRead) {
  directory_.write("weights", big());
  OnFirstBytes grow([&] { std::ofstream(file("weights"), std::ios::app) << "more"; });
  const auto digests = hash({listed("weights")}, grow);
  ASSERT_THAT(digests, HasCode(Code::kFileChanged));
  EXPECT_NE(digests.error().message.find("'weights'"), std::string::npos);
}

TEST_F(FileHasherTest, RefusesAFileThatIsTruncatedWhileItIsRead) {
  directory_.write("weights", big());
  OnFirstBytes cut([&] { std::filesystem::resize_file(file("weights"), 10); });
  EXPECT_THAT(hash({listed("weights")}, cut), HasCode(Code::kFileChanged));
}

TEST_F(FileHasherTest, RefusesAFileThatIsRewrittenInPlaceWhileItIsRead) {
  directory_.write("weights", big());
  OnFirstBytes rewrite([&] {
    std::fstream stream(file("weights"), std::ios::in | std::ios::out);
    stream << "y";
  });
  EXPECT_THAT(hash({listed("weights")}, rewrite), HasCode(Code::kFileChanged));
}

TEST_F(FileHasherTest, RefusesAFileThatIsReplacedWhileItIsRead) {
  directory_.write("weights", big());
  directory_.write("other", big());
  OnFirstBytes replace([&] { std::filesystem::rename(file("other"), file("weights")); });
  EXPECT_THAT(hash({listed("weights")}, replace), HasCode(Code::kFileChanged));
}

TEST_F(FileHasherTest, RefusesAFileThatIsRemovedWhileItIsRead) {
  directory_.write("weights", big());
  OnFirstBytes remove([&] { std::filesystem::remove(file("weights")); });
  EXPECT_THAT(hash({listed("weights")}, remove), HasCode(Code::kFileChanged));
}

TEST_F(FileHasherTest, RefusesAFileThatIsNotTheOneListed) {
  directory_.write("weights", "short");
  const FileToHash before = listed("weights");
  directory_.write("weights", "longer than before");
  EXPECT_THAT(hash({before}, silent_), HasCode(Code::kFileChanged));
}

TEST_F(FileHasherTest, RefusesALinkPutInAFilesPlace) {
  directory_.write("weights", "w");
  const FileToHash before = listed("weights");
  std::filesystem::remove(file("weights"));
  std::filesystem::create_symlink("/etc/passwd", file("weights"));
  EXPECT_THAT(hash({before}, silent_), HasCode(Code::kSymlinkRefused));
}

TEST_F(FileHasherTest, StopsWhenCancelled) {
  directory_.write("weights", big());
  OnFirstBytes cancel([&] { cancellation_.request(); });
  EXPECT_THAT(hash({listed("weights")}, cancel), HasCode(Code::kCancelled));
}

TEST_F(FileHasherTest, NamesAMissingFile) {
  directory_.write("there", "1");
  FileToHash gone = listed("there");
  gone.path = "gone";
  const auto digests = hash({listed("there"), gone}, silent_);
  ASSERT_THAT(digests, HasCode(Code::kNotFound));
  EXPECT_NE(digests.error().message.find("gone"), std::string::npos);
}

}  // namespace
}  // namespace hallmark::hash

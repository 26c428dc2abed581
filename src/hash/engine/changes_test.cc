// What happens to files, and to the run, while they are read: the same on every path.

#include <filesystem>
#include <fstream>
#include <functional>

#include <gtest/gtest.h>

#include "hallmark/hash/file_hasher.h"
#include "hash/engine/hashing_paths.h"
#include "testing/files_to_hash.h"
#include "testing/progress_spy.h"
#include "testing/result_matchers.h"

namespace hallmark::hash::engine {
namespace {

namespace fs = std::filesystem;

using hallmark::testing::FailsWith;
using hallmark::testing::FilesToHash;
using hallmark::testing::IsOkWith;
using hallmark::testing::ProgressSpy;
using ::testing::HasSubstr;

// Several buffers of every worker long, BLAKE3's of 1 MiB too.
constexpr std::size_t kLong = 2'500'000;

// Reads 19 short files and a long one; the long one is begun first, and whatever happens does so
// when some of its bytes were read.
class ChangesTest : public ::testing::TestWithParam<HashingPath> {
 protected:
  ChangesTest() {
    files_.add(kLong);
    for (std::size_t i = 1; i < 20; ++i) files_.add(i * 977);
  }

  Result<std::vector<Digest>> hash_while(const std::function<void()>& action) {
    ProgressSpy spy(action);
    return hash_files(files_.root(), files_.lent(),
                      {.algorithm = GetParam().algorithm, .threads = 1}, spy, cancellation_);
  }

  void expect_noticed(const std::function<void()>& action) {
    EXPECT_THAT(hash_while(action), FailsWith(Code::kFileChanged, HasSubstr("'d0/f0'")));
  }

  [[nodiscard]] std::string victim() const { return files_.path(0); }

  FilesToHash files_;
  ForcedKernel kernel_{GetParam().kernel};
  base::Cancellation cancellation_;
};

TEST_P(ChangesTest, NothingHappens) {
  EXPECT_THAT(hash_while({}), IsOkWith(files_.digests({.algorithm = GetParam().algorithm})));
}

TEST_P(ChangesTest, NoticesThatAFileGrows) {
  expect_noticed([&] { std::ofstream(victim(), std::ios::app) << "more"; });
}

TEST_P(ChangesTest, NoticesThatAFileIsCut) {
  expect_noticed([&] { fs::resize_file(victim(), 10); });
}

TEST_P(ChangesTest, NoticesThatAFileIsRewrittenInPlace) {
  expect_noticed([&] { std::fstream(victim(), std::ios::in | std::ios::out) << "y"; });
}

TEST_P(ChangesTest, NoticesThatAFileIsReplaced) {
  expect_noticed([&] {
    fs::copy_file(victim(), victim() + ".copy");
    fs::rename(victim() + ".copy", victim());
  });
}

TEST_P(ChangesTest, NoticesThatAFileIsRemoved) {
  expect_noticed([&] { fs::remove(victim()); });
}

TEST_P(ChangesTest, NoticesThatAFileChangesBeforeItsTurn) {
  EXPECT_THAT(hash_while([&] { std::ofstream(files_.path(19), std::ios::app) << "more"; }),
              FailsWith(Code::kFileChanged, HasSubstr("'d1/f19'")));
}

// The file itself is as it was, though elsewhere. Long enough, it is read ahead by a thread.
TEST_P(ChangesTest, NoticesThatADirectoryIsReplaced) {
  for (const std::size_t length : {kLong, std::size_t{9'000'000}}) {
    FilesToHash lone;
    lone.add(length);
    const fs::path directory = fs::path(lone.path(0)).parent_path();
    ProgressSpy replace([&] {
      fs::rename(directory, directory.string() + ".moved");
      fs::create_directory(directory);
    });
    EXPECT_THAT(
        hash_files(lone.root(), lone.lent(), {.algorithm = GetParam().algorithm, .threads = 2},
                   replace, cancellation_),
        FailsWith(Code::kFileChanged, HasSubstr("the directory 'd0' was replaced")))
        << length;
  }
}

TEST_P(ChangesTest, StopsWhenItIsCancelled) {
  EXPECT_THAT(hash_while([&] { cancellation_.request(); }),
              FailsWith(Code::kCancelled, "interrupted"));
}

TEST_P(ChangesTest, DoesNotBeginWhenItWasCancelled) {
  cancellation_.request();
  ProgressSpy spy;
  EXPECT_THAT(hash_files(files_.root(), files_.lent(),
                         {.algorithm = GetParam().algorithm, .threads = 2}, spy, cancellation_),
              FailsWith(Code::kCancelled, "interrupted"));
  EXPECT_EQ(spy.bytes(), 0U);
  EXPECT_EQ(spy.files(), 0U);
}

TEST_P(ChangesTest, TellsEveryByteAndFile) {
  for (const std::uint64_t shard_size : {0U, 900U}) {
    ProgressSpy spy;
    const HashOptions options{
        .algorithm = GetParam().algorithm, .shard_size = shard_size, .threads = 2};
    EXPECT_THAT(hash_files(files_.root(), files_.lent(), options, spy, cancellation_),
                IsOkWith(files_.digests(options)));
    EXPECT_EQ(spy.bytes(), kLong + std::uint64_t{190} * 977);
    EXPECT_EQ(spy.files(), 20U);
  }
}

INSTANTIATE_TEST_SUITE_P(EveryPath, ChangesTest, ::testing::ValuesIn(every_hashing_path()),
                         [](const auto& path) { return name_of(path.param); });

}  // namespace
}  // namespace hallmark::hash::engine

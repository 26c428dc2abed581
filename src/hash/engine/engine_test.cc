// The engine as a whole, with every kernel of the machine, against hashing in one go.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>

#include <gtest/gtest.h>

#include "hallmark/hash/file_hasher.h"
#include "hallmark/hash/hasher.h"
#include "hash/sha256/kernel.h"
#include "testing/lengths.h"
#include "testing/lent_files.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::hash::engine {
namespace {

using hallmark::testing::HasCode;
using hallmark::testing::IsOkWith;
using hallmark::testing::lend;
using hallmark::testing::message_of_length;
using hallmark::testing::TemporaryDirectory;

constexpr Algorithm kAlgorithms[] = {Algorithm::kSha256, Algorithm::kSha384, Algorithm::kSha512,
                                     Algorithm::kBlake2b, Algorithm::kBlake3};

// Counts, and calls back once when the first bytes were read.
class Counts final : public base::ProgressSink {
 public:
  explicit Counts(std::function<void()> action = {}) : action_(std::move(action)) {}

  void on_total(std::uint64_t, std::uint64_t) override {}
  void on_bytes(std::uint64_t bytes) override {
    bytes_ += bytes;
    if (!acted_.exchange(true) && action_) action_();
  }
  void on_file() override { ++files_; }

  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t files() const { return files_; }

 private:
  std::function<void()> action_;
  std::atomic<bool> acted_{false};
  std::atomic<std::uint64_t> bytes_{0};
  std::atomic<std::uint64_t> files_{0};
};

class EngineTest : public ::testing::Test {
 protected:
  void add(std::size_t length) {
    const std::string name =
        "d" + std::to_string(files_.size() % 3) + "/f" + std::to_string(files_.size());
    contents_.push_back(message_of_length(length));
    directory_.write(name, text_of(contents_.back()));
    files_.push_back(FileToHash{name, root().status(name).value()});
  }

  std::vector<Digest> expected(const HashOptions& options) const {
    std::vector<Digest> digests;
    for (const Bytes& contents : contents_) {
      const std::uint64_t count = shard_count(contents.size(), options.shard_size);
      for (std::uint64_t i = 0; i < count; ++i) {
        const ByteView rest = ByteView(contents).subspan(i * options.shard_size);
        const std::size_t n = options.shard_size == 0
                                  ? rest.size()
                                  : std::min<std::size_t>(rest.size(), options.shard_size);
        digests.push_back(hash_bytes(options.algorithm, rest.first(n)));
      }
    }
    return digests;
  }

  Result<std::vector<Digest>> hash(const HashOptions& options) {
    return hash_files(root(), lend(files_), options, counts_, cancellation_);
  }

  base::Directory root() { return base::Directory::open(directory_.path()).value(); }

  std::string path(std::size_t file) const { return directory_.path(files_[file].path); }

  TemporaryDirectory directory_;
  std::vector<Bytes> contents_;
  std::vector<FileToHash> files_;
  Counts counts_;
  base::Cancellation cancellation_;
};

class EveryKernelEngineTest : public EngineTest,
                              public ::testing::WithParamInterface<std::string_view> {
 protected:
  void SetUp() override { ::setenv("HALLMARK_SHA256_KERNEL", std::string(GetParam()).c_str(), 1); }
  void TearDown() override { ::unsetenv("HALLMARK_SHA256_KERNEL"); }
};

TEST_P(EveryKernelEngineTest, HashesEveryNumberOfFiles) {
  for (std::size_t count = 0; count <= 35; ++count) {
    EXPECT_THAT(hash({.threads = 2}), IsOkWith(expected({}))) << count;
    add(count * 4099);
  }
}

TEST_P(EveryKernelEngineTest, HashesLengthsAroundBlocksAndBuffers) {
  for (std::size_t length = 0; length <= 130; ++length) add(length);
  for (const std::size_t edge : {4096U, 48U << 10, 64U << 10, 96U << 10, 192U << 10, 384U << 10}) {
    for (const std::size_t length : {edge - 9, edge - 8, edge - 1, edge, edge + 1}) add(length);
  }
  for (const std::size_t threads : {1U, 2U, 5U}) {
    EXPECT_THAT(hash({.threads = threads}), IsOkWith(expected({}))) << threads;
  }
}

TEST_P(EveryKernelEngineTest, HashesShards) {
  for (const std::size_t length : {0U, 1U, 64U, 1000U, 70'000U, 300'001U}) add(length);
  for (const std::uint64_t size : {700U, 4096U, 65'536U, 65'537U, 299'999U, 1'000'000U}) {
    const HashOptions options{.shard_size = size, .threads = 2};
    EXPECT_THAT(hash(options), IsOkWith(expected(options))) << size;
  }
}

TEST_P(EveryKernelEngineTest, SeesThatOneOfManyFilesIsCut) {
  for (int i = 0; i < 20; ++i) add(1'000'000);
  Counts cut([&] { std::filesystem::resize_file(path(19), 10); });
  const auto digests = hash_files(root(), lend(files_), {.threads = 1}, cut, cancellation_);
  ASSERT_THAT(digests, HasCode(Code::kFileChanged));
  EXPECT_NE(digests.error().message.find(files_[19].path), std::string::npos);
}

TEST_P(EveryKernelEngineTest, TellsEveryByteAndFile) {
  for (int i = 0; i < 20; ++i) add(static_cast<std::size_t>(i) * 10'007);
  ASSERT_THAT(hash({.shard_size = 9'000, .threads = 2}), hallmark::testing::IsOk());
  EXPECT_EQ(counts_.bytes(), 190U * 10'007);
  EXPECT_EQ(counts_.files(), 20U);
}

std::vector<std::string_view> kernel_names() {
  std::vector<std::string_view> names;
  for (const sha256::Kernel& kernel : sha256::kernels_of_this_machine()) {
    names.push_back(kernel.name);
  }
  return names;
}

INSTANTIATE_TEST_SUITE_P(EveryKernel, EveryKernelEngineTest, ::testing::ValuesIn(kernel_names()),
                         [](const auto& kernel) { return std::string(kernel.param); });

TEST_F(EngineTest, WarnsOfAKernelThatCannotBeHad) {
  add(100);
  ::setenv("HALLMARK_SHA256_KERNEL", "abacus", 1);
  base::CollectingLog log;
  EXPECT_THAT(hash({.log = &log}), IsOkWith(expected({})));
  ::unsetenv("HALLMARK_SHA256_KERNEL");
  ASSERT_EQ(log.warnings().size(), 1U);
  EXPECT_NE(log.warnings().front().find("'abacus'"), std::string::npos);
}

// Long enough to be read ahead, and for BLAKE3 to be cut for several threads.
TEST_F(EngineTest, HashesALoneLongFileByEveryAlgorithm) {
  add((std::size_t{33} << 20) + 7);
  for (const Algorithm algorithm : kAlgorithms) {
    for (const std::size_t threads : {1U, 2U, 3U}) {
      const HashOptions options{.algorithm = algorithm, .threads = threads};
      EXPECT_THAT(hash(options), IsOkWith(expected(options))) << to_string(algorithm);
    }
  }
}

TEST_F(EngineTest, CutsLongBlake3MessagesBetweenShortOnes) {
  for (const std::size_t length : {std::size_t{5}, std::size_t{17} << 20, std::size_t{1} << 20,
                                   (std::size_t{32} << 20) + 1, (std::size_t{16} << 20) + 1025}) {
    add(length);
  }
  for (const std::uint64_t shard_size : {std::uint64_t{0}, std::uint64_t{17'000'000}}) {
    const HashOptions options{
        .algorithm = Algorithm::kBlake3, .shard_size = shard_size, .threads = 3};
    EXPECT_THAT(hash(options), IsOkWith(expected(options)));
  }
  EXPECT_EQ(counts_.files(), 10U);
}

TEST_F(EngineTest, ReadsPastThePageCacheToTheSameDigests) {
  for (const std::size_t length : {10U, 4096U, 2'000'000U, 9'000'001U}) add(length);
  for (const Algorithm algorithm : kAlgorithms) {
    for (const std::uint64_t shard_size : {0U, 1'048'577U, 4'194'304U}) {
      const HashOptions options{
          .algorithm = algorithm, .shard_size = shard_size, .threads = 2, .direct = true};
      EXPECT_THAT(hash(options), IsOkWith(expected(options))) << to_string(algorithm);
    }
  }
}

TEST_F(EngineTest, SeesThatALoneLongFileIsCutWhileItIsRead) {
  add(std::size_t{20} << 20);
  for (const Algorithm algorithm : kAlgorithms) {
    std::filesystem::resize_file(path(0), std::size_t{20} << 20);
    files_[0].listed = root().status(files_[0].path).value();
    Counts cut([&] { std::filesystem::resize_file(path(0), 10); });
    EXPECT_THAT(hash_files(root(), lend(files_), {.algorithm = algorithm, .threads = 2}, cut,
                           cancellation_),
                HasCode(Code::kFileChanged));
  }
}

TEST_F(EngineTest, StopsWhenCancelledWithEveryAlgorithm) {
  for (int i = 0; i < 3; ++i) add(3'000'000);
  cancellation_.request();
  for (const Algorithm algorithm : kAlgorithms) {
    EXPECT_THAT(hash({.algorithm = algorithm}), HasCode(Code::kCancelled));
  }
}

}  // namespace
}  // namespace hallmark::hash::engine

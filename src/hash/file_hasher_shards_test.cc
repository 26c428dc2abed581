#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "hallmark/hash/file_hasher.h"
#include "hallmark/hash/hasher.h"
#include "testing/lengths.h"
#include "testing/lent_files.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::hash {
namespace {

using hallmark::testing::IsOkWith;
using hallmark::testing::lend;
using hallmark::testing::message_of_length;
using hallmark::testing::TemporaryDirectory;

class FileHasherShardsTest : public ::testing::Test {
 protected:
  FileToHash write(const std::string& name, const Bytes& contents) {
    directory_.write(name, text_of(contents));
    return FileToHash{name, root().status(name).value()};
  }

  Result<std::vector<Digest>> hash(const std::vector<FileToHash>& files,
                                   const HashOptions& options) {
    base::NoProgress silent;
    return hash_files(root(), lend(files), options, silent, base::Cancellation());
  }

  base::Directory root() { return base::Directory::open(directory_.path()).value(); }

  TemporaryDirectory directory_;
};

// The digests of a message's shards, one by one.
std::vector<Digest> expected(const Bytes& message, const HashOptions& options) {
  std::vector<Digest> digests;
  for (std::size_t at = 0; at < message.size(); at += options.shard_size) {
    const auto n = std::min<std::size_t>(options.shard_size, message.size() - at);
    digests.push_back(hash_bytes(options.algorithm, ByteView(message).subspan(at, n)));
  }
  return digests;
}

TEST(ShardCountTest, CountsBegunShards) {
  EXPECT_EQ(shard_count(0, 0), 1U);
  EXPECT_EQ(shard_count(1000, 0), 1U);
  EXPECT_EQ(shard_count(0, 8), 0U);
  EXPECT_EQ(shard_count(1, 8), 1U);
  EXPECT_EQ(shard_count(8, 8), 1U);
  EXPECT_EQ(shard_count(9, 8), 2U);
  constexpr auto kMost = std::uint64_t(-1);
  EXPECT_EQ(shard_count(kMost, 1), kMost);
  EXPECT_EQ(shard_count(kMost, kMost), 1U);
  EXPECT_EQ(shard_count(kMost, 2), kMost / 2 + 1);
}

TEST_F(FileHasherShardsTest, HashesShardsOfEverySize) {
  const Bytes contents = message_of_length(37);
  const FileToHash file = write("a", contents);
  for (std::uint64_t size = 1; size <= 40; ++size) {
    const HashOptions options{.shard_size = size};
    EXPECT_THAT(hash({file}, options), IsOkWith(expected(contents, options))) << size;
  }
}

TEST_F(FileHasherShardsTest, HashesShardsAroundTheReadBuffer) {
  constexpr std::size_t kBuffer = std::size_t{256} << 10U;
  for (const std::size_t length : {kBuffer - 1, kBuffer, kBuffer + 1, 3 * kBuffer}) {
    const Bytes contents = message_of_length(length);
    const FileToHash file = write("a", contents);
    for (const std::size_t size : {kBuffer - 1, kBuffer, kBuffer + 1, kBuffer / 2, 5 * kBuffer}) {
      const HashOptions options{.shard_size = size};
      EXPECT_THAT(hash({file}, options), IsOkWith(expected(contents, options)))
          << length << " in " << size;
    }
  }
}

TEST_F(FileHasherShardsTest, HashesShardsByEveryAlgorithm) {
  const Bytes contents = message_of_length(5000);
  const FileToHash file = write("a", contents);
  for (const Algorithm algorithm : kAlgorithms) {
    const HashOptions options{.algorithm = algorithm, .shard_size = 1024};
    EXPECT_THAT(hash({file}, options), IsOkWith(expected(contents, options)))
        << to_string(algorithm);
  }
}

TEST_F(FileHasherShardsTest, GivesNothingForEmptyFiles) {
  const Bytes contents = message_of_length(20);
  const std::vector<FileToHash> files = {write("empty", {}), write("full", contents),
                                         write("void", {})};
  const HashOptions options{.shard_size = 8};
  EXPECT_THAT(hash(files, options), IsOkWith(expected(contents, options)));
}

RC_GTEST_FIXTURE_PROP(FileHasherShardsTest, GivesTheShardsOfAllFilesInOrder, ()) {
  const auto lengths = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange(0, 500));
  const HashOptions options{.shard_size = *rc::gen::inRange<std::uint64_t>(1, 200),
                            .threads = *rc::gen::inRange<std::size_t>(1, 4)};
  std::vector<FileToHash> files;
  std::vector<Digest> all;
  for (const std::size_t length : lengths) {
    const Bytes contents = message_of_length(length);
    files.push_back(write("f" + std::to_string(files.size()), contents));
    for (const Digest& digest : expected(contents, options)) all.push_back(digest);
  }
  RC_ASSERT(hash(files, options).value() == all);
}

}  // namespace
}  // namespace hallmark::hash

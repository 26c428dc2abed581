#include "hallmark/manifest/digest_table.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "hallmark/hash/verity.h"
#include "testing/verity_digest.h"

namespace hallmark::manifest {
namespace {

constexpr std::size_t kPlenty = std::size_t{1} << 20;

base::FileStatus status() { return {base::FileType::kRegular, 11, 12, 13, {14, 15}, {16, 17}}; }

DigestKey key_of(std::uint64_t inode) {
  base::FileStatus file = status();
  file.inode = inode;
  return metadata_key(file, {});
}

Bytes table_of(const std::vector<std::pair<std::uint64_t, std::string>>& files) {
  DigestTableBuilder builder;
  for (const auto& [inode, digests] : files) {
    builder.add({key_of(inode), {static_cast<std::int64_t>(inode)}, bytes_of(digests)});
  }
  return builder.build(kPlenty);
}

std::string found(const DigestTable& table, std::uint64_t inode) {
  const auto index = table.find(key_of(inode));
  return index ? std::string(text_of(table.at(*index).digests)) : "none";
}

TEST(DigestKeyTest, ChangesWithEveryFieldOfTheFile) {
  std::set<DigestKey> keys{metadata_key(status(), {})};
  const auto differs = [&](auto change) {
    for (const unsigned bit : {0U, 7U, 20U, 29U}) {
      base::FileStatus file = status();
      change(file, std::uint64_t{1} << bit);
      EXPECT_TRUE(keys.insert(metadata_key(file, {})).second) << bit;
    }
  };
  differs([](auto& file, auto bit) { file.device ^= bit << 32U; });
  differs([](auto& file, auto bit) { file.inode ^= bit << 32U; });
  differs([](auto& file, auto bit) { file.size ^= bit << 32U; });
  differs([](auto& file, auto bit) { file.modified.seconds ^= static_cast<std::int64_t>(bit); });
  differs(
      [](auto& file, auto bit) { file.modified.nanoseconds ^= static_cast<std::int64_t>(bit); });
  differs([](auto& file, auto bit) { file.changed.seconds ^= static_cast<std::int64_t>(bit); });
  differs([](auto& file, auto bit) { file.changed.nanoseconds ^= static_cast<std::int64_t>(bit); });
}

TEST(DigestKeyTest, ChangesWithWhatWasComputed) {
  std::set<DigestKey> keys;
  for (const hash::Algorithm algorithm : hash::kAlgorithms) {
    for (const std::uint64_t shard_size :
         {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1} << 40U}) {
      hash::HashOptions how;
      how.algorithm = algorithm;
      how.shard_size = shard_size;
      EXPECT_TRUE(keys.insert(metadata_key(status(), how)).second);
      for (const std::uint64_t size : {0U, 1U}) {
        for (const std::string contents : {"a", "b"}) {
          const auto measured = hallmark::testing::verity_digest(bytes_of(contents));
          EXPECT_TRUE(keys.insert(verity_key(measured, size, how)).second);
        }
      }
    }
  }
}

TEST(DigestTableTest, FindsEveryEntryAndNothingElse) {
  std::vector<std::pair<std::uint64_t, std::string>> files;
  for (std::uint64_t n = 0; n < 600; n += 2) files.emplace_back(n, std::string(n % 5, 'x'));
  const auto table = DigestTable::parse(table_of(files));
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->size(), files.size());
  for (std::uint64_t n = 0; n < 600; ++n) {
    EXPECT_EQ(found(*table, n), n % 2 == 0 ? std::string(n % 5, 'x') : "none") << n;
  }
}

TEST(DigestTableTest, EmptyOneIsATable) {
  const auto table = DigestTable::parse(DigestTableBuilder().build(kPlenty));
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->size(), 0U);
  EXPECT_EQ(found(*table, 1), "none");
  EXPECT_EQ(found(DigestTable(), 1), "none");
}

TEST(DigestTableTest, KeepsTheFirstOfSeveralEntries) {
  const auto table = DigestTable::parse(table_of({{1, "new"}, {2, "two"}, {1, "old"}}));
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->size(), 2U);
  EXPECT_EQ(found(*table, 1), "new");
}

TEST(DigestTableTest, DropsWhatWasUsedLongestAgo) {
  const std::string digest(32, 'd');
  DigestTableBuilder builder;
  for (const std::uint64_t n : {5U, 2U, 9U, 1U}) {
    builder.add({key_of(n), {static_cast<std::int64_t>(n)}, bytes_of(digest)});
  }
  const std::size_t all = builder.bytes();
  EXPECT_EQ(builder.build(all).size(), all);
  const auto table = DigestTable::parse(builder.build(all - 1));
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->size(), 3U);
  EXPECT_EQ(found(*table, 1), "none");
  EXPECT_EQ(found(*table, 2), digest);
  EXPECT_EQ(DigestTable::parse(builder.build(0))->size(), 0U);
}

TEST(DigestTableTest, RefusesEveryTruncationAndAddition) {
  const Bytes whole = table_of({{1, "one"}, {2, "two"}, {3, "three"}});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    Bytes part = whole;
    part.resize(size);
    EXPECT_FALSE(DigestTable::parse(part).has_value()) << size;
  }
  Bytes longer = whole;
  longer.push_back(0);
  EXPECT_FALSE(DigestTable::parse(longer).has_value());
}

TEST(DigestTableTest, RefusesWhatIsOutOfOrder) {
  constexpr std::size_t kFirstKey = 24;
  constexpr std::size_t kSecondStart = 24 + 80 + 72;
  Bytes bytes = table_of({{1, "one"}, {2, "two"}});
  ASSERT_TRUE(DigestTable::parse(bytes).has_value());
  Bytes descending = bytes;
  descending[kFirstKey] = 0xff;
  EXPECT_FALSE(DigestTable::parse(descending).has_value());
  Bytes beyond = bytes;
  beyond[kSecondStart] = 7;
  EXPECT_FALSE(DigestTable::parse(beyond).has_value());
  Bytes late = bytes;
  late[kSecondStart - 80] = 1;
  EXPECT_FALSE(DigestTable::parse(late).has_value());
  Bytes many = bytes;
  many[15] = 0xff;
  EXPECT_FALSE(DigestTable::parse(many).has_value());
}

}  // namespace
}  // namespace hallmark::manifest

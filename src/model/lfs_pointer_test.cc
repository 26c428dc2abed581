#include "model/lfs_pointer.h"

#include <string>

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "testing/temporary_directory.h"

namespace hallmark::model {
namespace {

using hallmark::testing::TemporaryDirectory;

const std::string kHex(64, 'a');
const std::string kPointer =
    "version https://git-lfs.github.com/spec/v1\noid sha256:" + kHex + "\nsize 12345\n";

TEST(LfsPointerTest, ReadsAPointer) {
  const auto pointer = parse_lfs_pointer(kPointer);
  ASSERT_TRUE(pointer);
  EXPECT_EQ(pointer->contents.hex(), kHex);
  EXPECT_EQ(pointer->size, 12345U);
}

TEST(LfsPointerTest, ReadsAPointerWithExtensions) {
  const std::string extended =
      "version https://git-lfs.github.com/spec/v1\next-0-foo sha256:" + kHex +
      "\noid sha256:" + kHex + "\nsize 1\n";
  EXPECT_TRUE(parse_lfs_pointer(extended));
}

TEST(LfsPointerTest, TakesNothingElseForOne) {
  const auto pointer = [](std::string_view version, std::string_view hex, std::string_view end) {
    return fmt::format("version https://git-lfs.github.com/spec/{}\noid sha256:{}\n{}", version,
                       hex, end);
  };
  ASSERT_TRUE(parse_lfs_pointer(pointer("v1", kHex, "size 1\n")));
  for (const std::string& text :
       {std::string(), std::string("version https://git-lfs.github.com/spec/v1\nsize 1\n"),
        pointer("v1", kHex, ""), pointer("v1", kHex, "size 1"), pointer("v1", "aa", "size 1\n"),
        pointer("v1", kHex, "size -1\n"), pointer("v2", kHex, "size 1\n"),
        pointer("v1", kHex, "size 1\n" + std::string(kLongestLfsPointer, 'x')),
        " " + pointer("v1", kHex, "size 1\n")}) {
    EXPECT_FALSE(parse_lfs_pointer(text)) << text;
  }
}

TEST(LfsPointerTest, FindsAPointerThroughNoLink) {
  TemporaryDirectory directory;
  directory.write("pointer", kPointer);
  directory.write("weights", std::string(5000, 'w'));
  directory.make_link("pointer", "link");
  const base::Directory root = base::Directory::open(directory.path()).value();
  EXPECT_TRUE(find_lfs_pointer(root, "pointer"));
  for (const std::string name : {"weights", "link", "nowhere"}) {
    EXPECT_FALSE(find_lfs_pointer(root, name)) << name;
  }
}

}  // namespace
}  // namespace hallmark::model

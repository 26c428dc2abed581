#include "hallmark/hash/verity.h"

#include <fcntl.h>
#include <linux/fsverity.h>
#include <sys/ioctl.h>

#include <cerrno>
#include <string>

#include <gtest/gtest.h>

#include "testing/temporary_directory.h"
#include "testing/verity_digest.h"

namespace hallmark::hash {
namespace {

using hallmark::testing::TemporaryDirectory;
using hallmark::testing::verity_digest;

std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>((i * 7 + i / 4096) & 0xff);
  return text;
}

std::string digest_of(std::size_t size) { return verity_digest(bytes_of(pattern(size))).hex(); }

// What `fsverity digest` 1.5 says of files with this pattern. 128 blocks fill one block of
// digests.
TEST(VerityDigestTest, IsThatOfTheFsverityProgram) {
  EXPECT_EQ(digest_of(0), "3d248ca542a24fc62d1c43b916eae5016878e2533c88238480b26128a1f1af95");
  EXPECT_EQ(digest_of(1), "b803429503d95915829b29fdbc8bbad142f3abfd11b1cadf5526582e685c0551");
  EXPECT_EQ(digest_of(4096), "87a706bdba32be89a173dc11d6a91c08165b4dcfcf743988c94595e82934a41a");
  EXPECT_EQ(digest_of(4097), "5c6077f10edc31c27b2a65cbaa199e2cfd36998bf104ccd2f7395eb509682064");
  EXPECT_EQ(digest_of(524288), "9613b285b37589320574d16f1447444fb68289259e661f4418dc6374ef3c5b9f");
  EXPECT_EQ(digest_of(524289), "355acec90f25617bed6ee0e57380add05b4abb6855b8c7a9224c142cf027a98a");
  EXPECT_EQ(digest_of((1U << 20) + 1),
            "2e60265ea2f44e97a9bec1e42a764dc5b2e7354fb94bbf31dd104b5cf65b28c5");
}

base::FileDescriptor open_to_read(const TemporaryDirectory& directory, const std::string& name) {
  return base::FileDescriptor(::open(directory.path(name).c_str(), O_RDONLY | O_CLOEXEC));
}

TEST(VerityTest, MeasuresNothingOfAnOrdinaryFile) {
  const TemporaryDirectory directory;
  directory.write("file", "contents");
  const Verity verity = measure_verity(open_to_read(directory, "file"));
  EXPECT_NE(verity.state, VerityState::kMeasured);
  EXPECT_FALSE(verity.digest.has_value());
  EXPECT_EQ(measure_verity(base::FileDescriptor()).state, VerityState::kUnavailable);
}

TEST(VerityTest, DoesNotAskFileSystemsThatMayLie) {
  const base::FileDescriptor other(::open("/proc/self/status", O_RDONLY | O_CLOEXEC));
  EXPECT_EQ(measure_verity(other).state, VerityState::kUnavailable);
}

TEST(VerityTest, KernelMeasuresWhatIsComputed) {
  const TemporaryDirectory directory;
  for (const std::size_t size : {0U, 1U, 4096U, 4097U, 600'000U}) {
    const std::string contents = pattern(size);
    const std::string name = "file" + std::to_string(size);
    directory.write(name, contents);
    const base::FileDescriptor file = open_to_read(directory, name);
    fsverity_enable_arg how{};
    how.version = 1;
    how.hash_algorithm = FS_VERITY_HASH_ALG_SHA256;
    how.block_size = 4096;
    if (::ioctl(file.get(), FS_IOC_ENABLE_VERITY, &how) != 0) {
      GTEST_SKIP() << "the file system of " << directory.path() << " has no fs-verity (errno "
                   << errno << ")";
    }
    EXPECT_EQ(measure_verity(file).digest, verity_digest(bytes_of(contents))) << size;
  }
}

}  // namespace
}  // namespace hallmark::hash

#include "hallmark/manifest/identity.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "testing/temporary_directory.h"

namespace hallmark::manifest {
namespace {

using hallmark::testing::TemporaryDirectory;

// A file that a program has mapped and writes to without any call of the system.
class MappedFile {
 public:
  explicit MappedFile(const std::string& path)
      : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    EXPECT_EQ(::ftruncate(file_.get(), kSize), 0);
    mapped_ = ::mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_SHARED, file_.get(), 0);
    EXPECT_NE(mapped_, MAP_FAILED);
  }
  ~MappedFile() { ::munmap(mapped_, kSize); }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  void write(char byte) { *static_cast<volatile char*>(mapped_) = byte; }

 private:
  static constexpr std::size_t kSize = 4096;

  base::FileDescriptor file_;
  void* mapped_ = nullptr;
};

class IdentityTest : public ::testing::Test {
 protected:
  // Longer than a tick of the file system's clock.
  static void wait_for_a_tick() { std::this_thread::sleep_for(std::chrono::milliseconds(50)); }

  static TreeFile listed(const base::Directory& root, const std::string& name) {
    return {name, {name, root.status(name).value()}};
  }

  TemporaryDirectory directory_;
  base::Directory root_ = base::Directory::open(directory_.path()).value();
};

TEST_F(IdentityTest, AWriteToAPageThatWasWrittenBeforeShowsInTheTimes) {
  if (directory_.is_in_memory()) GTEST_SKIP() << "no such write ever shows on tmpfs";
  MappedFile mapped(directory_.path("weights"));
  mapped.write('a');
  const TreeFile file = listed(root_, "weights");
  wait_for_a_tick();
  EXPECT_TRUE(identify(root_, file, true).by_times);
  EXPECT_EQ(root_.status("weights").value(), file.location.listed) << "nothing was written yet";
  mapped.write('b');
  EXPECT_NE(root_.status("weights").value(), file.location.listed);
}

TEST_F(IdentityTest, TimesTellNothingUnlessTheyAreWanted) {
  directory_.write("weights", "contents");
  EXPECT_FALSE(identify(root_, listed(root_, "weights"), false).by_times);
}

TEST_F(IdentityTest, NothingTellsAFileThatIsNotTheOneListed) {
  directory_.write("weights", "contents");
  TreeFile file = listed(root_, "weights");
  ++file.location.listed.modified.nanoseconds;
  EXPECT_FALSE(identify(root_, file, true).by_times);
  EXPECT_FALSE(identify(root_, {"gone", {"gone", file.location.listed}}, true).by_times);
}

TEST_F(IdentityTest, TimesTellNothingWhereWritesLeaveNoTrace) {
  const std::string memory = "/dev/shm";
  struct statfs system{};
  if (::statfs(memory.c_str(), &system) != 0 || system.f_type != TMPFS_MAGIC) {
    GTEST_SKIP() << "there is no tmpfs at " << memory;
  }
  const std::string name = "hallmark-identity-test-" + std::to_string(::getpid());
  const std::string path = memory + "/" + name;
  {
    MappedFile mapped(path);
    mapped.write('a');
    const base::Directory root = base::Directory::open(memory).value();
    const TreeFile file = listed(root, name);
    EXPECT_FALSE(identify(root, file, true).by_times);
    wait_for_a_tick();
    mapped.write('b');
    EXPECT_EQ(root.status(name).value(), file.location.listed) << "tmpfs tells after all";
  }
  EXPECT_EQ(::unlink(path.c_str()), 0);
}

}  // namespace
}  // namespace hallmark::manifest

#include "hallmark/manifest/identity.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
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

// Lets this process mount what no other sees.
bool enter_own_mounts() {
  const std::string user = std::to_string(::getuid());
  const std::string group = std::to_string(::getgid());
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  std::ofstream("/proc/self/setgroups") << "deny";
  std::ofstream("/proc/self/uid_map") << user << ' ' << user << " 1";
  std::ofstream("/proc/self/gid_map") << group << ' ' << group << " 1";
  return true;
}

enum class Beneath : std::uint8_t { kMemory, kDisk };

// An overlayfs at `folder`/merged.
bool mount_overlay(const std::string& folder, Beneath beneath, const std::string& more_options) {
  if (!enter_own_mounts()) return false;
  if (beneath == Beneath::kMemory && ::mount("tmpfs", folder.c_str(), "tmpfs", 0, nullptr) != 0) {
    return false;
  }
  for (const char* name : {"/lower", "/upper", "/scratch", "/merged"}) {
    if (::mkdir((folder + name).c_str(), 0700) != 0) return false;
  }
  const std::string options = "lowerdir=" + folder + "/lower,upperdir=" + folder +
                              "/upper,workdir=" + folder + "/scratch" + more_options;
  return ::mount("overlay", (folder + "/merged").c_str(), "overlay", 0, options.c_str()) == 0;
}

class IdentityTest : public ::testing::Test {
 protected:
  // Longer than a tick of the file system's clock.
  static void wait_for_a_tick() { std::this_thread::sleep_for(std::chrono::milliseconds(50)); }

  static TreeFile listed(const base::Directory& root, const std::string& name) {
    return {name, {name, root.status(name).value()}};
  }

  // What a child process finds out about a file on an overlayfs.
  enum Found : int { kNotMounted, kNotToBeTold, kToldAndShows, kToldAndHidden };

  static Found write_unseen(const std::string& folder) {
    MappedFile mapped(folder + "/weights");
    mapped.write('a');
    const base::Directory root = base::Directory::open(folder).value();
    const TreeFile file = listed(root, "weights");
    wait_for_a_tick();
    if (!identify(root, file, true).by_times) return kNotToBeTold;
    mapped.write('b');
    return root.status("weights").value() == file.location.listed ? kToldAndHidden : kToldAndShows;
  }

  Found write_unseen_on_overlay(Beneath beneath, const std::string& more_options) {
    const pid_t child = ::fork();
    if (child == 0) {
      const std::string folder = directory_.path();
      const bool mounted = mount_overlay(folder, beneath, more_options);
      ::_exit(mounted ? write_unseen(folder + "/merged") : kNotMounted);
    }
    int status = -1;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    return static_cast<Found>(WEXITSTATUS(status));
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

TEST_F(IdentityTest, TimesTellNothingOnOverlayfsOverMemory) {
  const Found found = write_unseen_on_overlay(Beneath::kMemory, "");
  if (found == kNotMounted) GTEST_SKIP() << "no overlayfs can be mounted here";
  EXPECT_EQ(found, kNotToBeTold);
}

TEST_F(IdentityTest, WritesToOverlayfsOverADiskShow) {
  if (directory_.is_in_memory()) GTEST_SKIP() << "there is no disk";
  const Found found = write_unseen_on_overlay(Beneath::kDisk, "");
  if (found == kNotMounted) GTEST_SKIP() << "no overlayfs can be mounted here";
  EXPECT_EQ(found, kToldAndShows);
}

// Mounted so, it ignores what asks it to bring a file to the disk.
TEST_F(IdentityTest, WritesToVolatileOverlayfsShow) {
  if (directory_.is_in_memory()) GTEST_SKIP() << "there is no disk";
  const Found found = write_unseen_on_overlay(Beneath::kDisk, ",volatile");
  if (found == kNotMounted) GTEST_SKIP() << "no such overlayfs can be mounted here";
  EXPECT_EQ(found, kToldAndShows);
}

}  // namespace
}  // namespace hallmark::manifest

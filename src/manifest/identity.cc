// How a file can be known again without being read.
//
// The problem: a program that has mapped a file and written to a page of it may go on writing to
// that page, and neither mtime nor ctime change, until the kernel has written the page back. Only
// then is the page protected, so that the next write to it is noticed and sets both.
//
// So whoever wants to go by the times has the pages written back first, and reads the file only
// then: what is written to it later shows.
//
// A file of overlayfs has no pages itself. Those of the file beneath have to be written back, and
// that may lie where nothing ever is (tmpfs); nor does overlayfs tell which file system it is.

#include "hallmark/manifest/identity.h"

#include <fcntl.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <sys/ioctl.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "hallmark/hash/verity.h"

namespace hallmark::manifest {
namespace {

// Not in the headers of every kernel.
constexpr std::uint64_t kExfat = 0x2011BAB0;
constexpr std::uint64_t kRomfs = 0x7275;
constexpr std::uint64_t kErofs = 0xE0F5E1E2;

enum class Times : std::uint8_t {
  kTell,    ///< ctime is the kernel's, and a write to a page that is written back changes it.
  kNothing  ///< Pages are never written back, or the times are whatever somebody set them to.
};

Times times_of(std::uint64_t file_system) {
  switch (file_system) {
    case TMPFS_MAGIC:
    case RAMFS_MAGIC:
    case HUGETLBFS_MAGIC:
    case SQUASHFS_MAGIC:
    case kErofs:
    case ISOFS_SUPER_MAGIC:
    case CRAMFS_MAGIC:
    case kRomfs:
    case MSDOS_SUPER_MAGIC:
    case kExfat:
      return Times::kNothing;
    default:
      return Times::kTell;
  }
}

// Asks where the file lies on its disk. Overlayfs passes that on to the file beneath: one that lies
// on none fails, and the others are written back before they answer. Older kernels write back the
// pages of overlayfs itself, and a sync those beneath; but one that was mounted "volatile", which
// is newer, succeeds in a sync without it.
bool write_back_beneath(const base::FileDescriptor& file) {
  auto request = fiemap();  // with braces clang sees an array of no elements initialised
  request.fm_length = 1;    // any part will do: the whole file is written back
  request.fm_flags = FIEMAP_FLAG_SYNC;
  return ::fdatasync(file.get()) == 0 && ::ioctl(file.get(), FS_IOC_FIEMAP, &request) == 0;
}

bool write_back(const base::FileDescriptor& file, std::uint64_t file_system) {
  if (file_system == OVERLAYFS_SUPER_MAGIC) return write_back_beneath(file);
  constexpr unsigned kWholly =
      SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER;
  return ::sync_file_range(file.get(), 0, 0, kWholly) == 0;
}

bool make_times_tell(const base::FileDescriptor& file) {
  struct statfs system{};
  if (::fstatfs(file.get(), &system) != 0) return false;
  const auto type = static_cast<std::uint64_t>(system.f_type);
  return times_of(type) == Times::kTell && write_back(file, type);
}

}  // namespace

Identity identify(const base::Directory& root, const TreeFile& file, bool want_times) {
  const base::Directory& beneath = file.location.beneath ? *file.location.beneath : root;
  const auto opened = beneath.open_listed_file(file.location.path);
  if (!opened || opened->status != file.location.listed) return {};
  Identity identity;
  identity.by_contents = hash::measure_verity(opened->descriptor).digest;
  identity.by_times = want_times && make_times_tell(opened->descriptor);
  return identity;
}

}  // namespace hallmark::manifest

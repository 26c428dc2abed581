#include "hallmark/hash/verity.h"

#include <linux/fsverity.h>
#include <linux/magic.h>
#include <sys/ioctl.h>
#include <sys/vfs.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace hallmark::hash {
namespace {

// The kernel's own implementations. FUSE passes the question on to its daemon.
bool is_kernel_enforced(const base::FileDescriptor& file) {
  struct statfs system{};
  if (::fstatfs(file.get(), &system) != 0) return false;
  switch (static_cast<std::uint64_t>(system.f_type)) {
    case EXT4_SUPER_MAGIC:
    case BTRFS_SUPER_MAGIC:
    case F2FS_SUPER_MAGIC:
      return true;
    default:
      return false;
  }
}

// ENODATA: not protected. ENOTTY, EOPNOTSUPP: neither the kernel nor the file system can.
VerityState state_after(int error_number) {
  return error_number == ENOTTY || error_number == EOPNOTSUPP ? VerityState::kUnavailable
                                                              : VerityState::kOrdinary;
}

}  // namespace

Verity measure_verity(const base::FileDescriptor& file) {
  if (!is_kernel_enforced(file)) return {};
  alignas(fsverity_digest) std::array<std::uint8_t, sizeof(fsverity_digest) + kLongestDigest>
      answer{};
  fsverity_digest header{};
  header.digest_size = kLongestDigest;  // so that SHA-512 is an answer too, and no error
  std::memcpy(answer.data(), &header, sizeof(header));
  if (::ioctl(file.get(), FS_IOC_MEASURE_VERITY, answer.data()) != 0) {
    return {state_after(errno), std::nullopt};
  }
  std::memcpy(&header, answer.data(), sizeof(header));
  if (header.digest_algorithm != FS_VERITY_HASH_ALG_SHA256 ||
      header.digest_size != digest_size(Algorithm::kSha256)) {
    return {VerityState::kOrdinary, std::nullopt};
  }
  const ByteView digest = ByteView(answer).subspan(sizeof(header), header.digest_size);
  return {VerityState::kMeasured, Digest::create(Algorithm::kSha256, digest).value()};
}

}  // namespace hallmark::hash

// fs-verity: asking the kernel, and the same digest computed from contents
// (Documentation/filesystems/fsverity.rst, "Merkle tree" and "fs-verity descriptor").

#include "hallmark/hash/verity.h"

#include <linux/fsverity.h>
#include <linux/magic.h>
#include <sys/ioctl.h>
#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "hallmark/hash/hasher.h"

namespace hallmark::hash {
namespace {

constexpr std::size_t kBlock = 4096;
constexpr std::uint8_t kLogBlock = 12;

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

// The digests of a level's blocks, one after the other; the last block is filled up with zeros.
Bytes hash_blocks(ByteView level) {
  Bytes digests;
  Hasher hasher(Algorithm::kSha256);
  const std::array<std::uint8_t, kBlock> zeros{};
  while (!level.empty()) {
    const ByteView block = level.first(std::min(level.size(), kBlock));
    hasher.update(block);
    hasher.update(ByteView(zeros).first(kBlock - block.size()));
    const Digest digest = hasher.finish();
    digests.insert(digests.end(), digest.bytes().begin(), digest.bytes().end());
    level = level.subspan(block.size());
  }
  return digests;
}

// An empty file has a root of zeros.
Bytes root_of(ByteView contents) {
  const std::size_t size = digest_size(Algorithm::kSha256);
  if (contents.empty()) return Bytes(size, 0);
  Bytes level = hash_blocks(contents);
  while (level.size() > size) level = hash_blocks(level);
  return level;
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

Digest verity_digest(ByteView contents) {
  std::array<std::uint8_t, sizeof(fsverity_descriptor)> descriptor{};
  descriptor[offsetof(fsverity_descriptor, version)] = 1;
  descriptor[offsetof(fsverity_descriptor, hash_algorithm)] = FS_VERITY_HASH_ALG_SHA256;
  descriptor[offsetof(fsverity_descriptor, log_blocksize)] = kLogBlock;
  for (std::size_t i = 0; i < sizeof(std::uint64_t); ++i) {  // little-endian
    descriptor[offsetof(fsverity_descriptor, data_size) + i] =
        static_cast<std::uint8_t>(std::uint64_t{contents.size()} >> (8 * i));
  }
  const Bytes root = root_of(contents);
  std::copy(root.begin(), root.end(),
            descriptor.begin() + offsetof(fsverity_descriptor, root_hash));
  return hash_bytes(Algorithm::kSha256, descriptor);
}

}  // namespace hallmark::hash

#pragma once

#include <linux/fsverity.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "hallmark/base/bytes.h"
#include "hallmark/hash/hasher.h"

// The digest of fs-verity computed from contents (Documentation/filesystems/fsverity.rst, "Merkle
// tree" and "fs-verity descriptor"), to hold against what a kernel says.

namespace hallmark::testing {

inline constexpr std::size_t kVerityBlock = 4096;

// The digests of a level's blocks, one after the other; the last block is filled up with zeros.
inline Bytes verity_blocks(ByteView level) {
  Bytes digests;
  hash::Hasher hasher(hash::Algorithm::kSha256);
  const std::array<std::uint8_t, kVerityBlock> zeros{};
  while (!level.empty()) {
    const ByteView block = level.first(std::min(level.size(), kVerityBlock));
    hasher.update(block);
    hasher.update(ByteView(zeros).first(kVerityBlock - block.size()));
    const hash::Digest digest = hasher.finish();
    digests.insert(digests.end(), digest.bytes().begin(), digest.bytes().end());
    level = level.subspan(block.size());
  }
  return digests;
}

// An empty file has a root of zeros.
inline Bytes verity_root(ByteView contents) {
  const std::size_t size = hash::digest_size(hash::Algorithm::kSha256);
  if (contents.empty()) return Bytes(size, 0);
  Bytes level = verity_blocks(contents);
  while (level.size() > size) level = verity_blocks(level);
  return level;
}

/// What the kernel measures of a file with these contents that was protected with SHA-256, blocks
/// of 4096 bytes and no salt, as `fsverity enable` does.
inline hash::Digest verity_digest(ByteView contents) {
  std::array<std::uint8_t, sizeof(fsverity_descriptor)> descriptor{};
  descriptor[offsetof(fsverity_descriptor, version)] = 1;
  descriptor[offsetof(fsverity_descriptor, hash_algorithm)] = FS_VERITY_HASH_ALG_SHA256;
  descriptor[offsetof(fsverity_descriptor, log_blocksize)] = 12;
  for (std::size_t i = 0; i < sizeof(std::uint64_t); ++i) {  // little-endian
    descriptor[offsetof(fsverity_descriptor, data_size) + i] =
        static_cast<std::uint8_t>(std::uint64_t{contents.size()} >> (8 * i));
  }
  const Bytes root = verity_root(contents);
  std::copy(root.begin(), root.end(),
            descriptor.begin() + offsetof(fsverity_descriptor, root_hash));
  return hash::hash_bytes(hash::Algorithm::kSha256, descriptor);
}

}  // namespace hallmark::testing

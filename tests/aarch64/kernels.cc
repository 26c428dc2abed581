// Runs the kernels of ARMv8 without libcrypto, which a cross compiler rarely has at hand: known
// answers, and the portable kernel as the reference.

#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "hallmark/base/cpu_features.h"
#include "hash/sha256/armv8.h"
#include "hash/sha256/portable.h"

namespace {

using namespace hallmark::hash::sha256;

struct Candidate {
  const char* name;
  std::size_t width;
  Compress compress;
};

constexpr Candidate kCandidates[] = {{"portable", 1, compress_portable},
                                     {"armv8x1", 1, compress_armv8x1},
                                     {"armv8x2", 2, compress_armv8x2},
                                     {"armv8x4", 4, compress_armv8x4}};

constexpr State kInitial{{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
                          0x1f83d9ab, 0x5be0cd19}};

// FIPS 180-4 padding of a short message.
std::vector<std::uint8_t> padded(const std::string& message) {
  std::vector<std::uint8_t> bytes(message.begin(), message.end());
  bytes.push_back(0x80);
  while (bytes.size() % kBlockSize != kBlockSize - 8) bytes.push_back(0);
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<std::uint8_t>((std::uint64_t{message.size()} * 8) >> shift));
  }
  return bytes;
}

std::vector<Lane> run(const Candidate& kernel, std::vector<Lane> lanes,
                      const std::vector<std::size_t>& calls) {
  std::vector<Lane*> pointers;
  for (Lane& lane : lanes) pointers.push_back(&lane);
  for (const std::size_t blocks : calls) kernel.compress(pointers.data(), blocks);
  return lanes;
}

bool gives(const Candidate& kernel, const std::string& message, const State& expected) {
  const std::vector<std::uint8_t> bytes = padded(message);
  const std::vector<Lane> lanes(kernel.width, Lane{kInitial, bytes.data()});
  for (const Lane& lane : run(kernel, lanes, {bytes.size() / kBlockSize})) {
    if (lane.state != expected || lane.data != bytes.data() + bytes.size()) return false;
  }
  return true;
}

bool gives_published_digests(const Candidate& kernel) {
  return gives(kernel, "abc",
               {{0xba7816bf, 0x8f01cfea, 0x414140de, 0x5dae2223, 0xb00361a3, 0x96177a9c, 0xb410ff61,
                 0xf20015ad}}) &&
         gives(kernel, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
               {{0x248d6a61, 0xd20638b8, 0xe5c02693, 0x0c3e6039, 0xa33ce459, 0x64ff2167, 0xf6ecedd4,
                 0x19db06c1}}) &&
         gives(kernel, std::string(1'000'000, 'a'),
               {{0xcdc76e5c, 0x9914fb92, 0x81a1c7e2, 0x84d73e67, 0xf1809a48, 0xa497200e, 0x046d39cc,
                 0xc7112cd0}});
}

// Lanes with different data, at every alignment, in calls of different lengths.
bool agrees_with_portable(const Candidate& kernel) {
  constexpr std::size_t kBlocks = 37;
  std::vector<std::uint8_t> data(kBlockSize * (kBlocks + 5));
  std::uint32_t random = 1;
  for (std::uint8_t& byte : data)
    byte = static_cast<std::uint8_t>((random = random * 1664525U + 1013904223U) >> 24);
  for (std::size_t offset = 0; offset < kBlockSize; ++offset) {
    std::vector<Lane> lanes;
    for (std::size_t i = 0; i < kernel.width; ++i) {
      lanes.push_back({kInitial, data.data() + offset + i * kBlockSize});
    }
    const std::vector<Lane> found = run(kernel, lanes, {1, 0, 3, 33});
    for (std::size_t i = 0; i < kernel.width; ++i) {
      const std::vector<Lane> expected = run(kCandidates[0], {lanes[i]}, {kBlocks});
      if (found[i].state != expected[0].state || found[i].data != expected[0].data) return false;
    }
  }
  return true;
}

}  // namespace

int main() {
  int failed = 0;
  if (!hallmark::base::this_cpu().arm_sha2) {
    std::puts("FAILED: SHA-2 instructions of the processor not found");
    return 1;
  }
  for (const Candidate& kernel : kCandidates) {
    const bool passed = gives_published_digests(kernel) && agrees_with_portable(kernel);
    std::printf("%s: %s\n", kernel.name, passed ? "ok" : "FAILED");
    failed += passed ? 0 : 1;
  }
  return failed == 0 ? 0 : 1;
}

#include "hash/blake3/cpu.h"

#include <array>
#include <cstdint>

#include <blake3.h>

namespace hallmark::hash::blake3 {
namespace {

bool use_once() {
  blake3_hasher hasher{};
  std::array<std::uint8_t, BLAKE3_OUT_LEN> digest{};
  blake3_hasher_init(&hasher);
  blake3_hasher_finalize(&hasher, digest.data(), digest.size());
  return true;
}

}  // namespace

void detect_cpu() { [[maybe_unused]] static const bool kDetected = use_once(); }

}  // namespace hallmark::hash::blake3

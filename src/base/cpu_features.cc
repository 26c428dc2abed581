#include "hallmark/base/cpu_features.h"

#if defined(__x86_64__)
#include <cpuid.h>
#elif defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

namespace hallmark::base {
namespace {

#if defined(__x86_64__)

constexpr bool has_bit(std::uint32_t word, int bit) { return ((word >> bit) & 1U) != 0; }

// The register sets that the system saves when it switches threads (Intel SDM volume 1, 13.3).
std::uint32_t saved_registers() {
  std::uint32_t low = 0;
  std::uint32_t high = 0;
  // The intrinsic would need -mxsave for this whole source.
  // NOLINTNEXTLINE(hicpp-no-assembler)
  asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

void read_model(CpuFeatures& cpu, std::uint32_t signature) {
  const std::uint32_t family = (signature >> 8) & 0xF;
  cpu.family = family == 0xF ? family + ((signature >> 20) & 0xFF) : family;
  cpu.model = (signature >> 4) & 0xF;
  if (family == 0x6 || family == 0xF) cpu.model |= ((signature >> 16) & 0xF) << 4;
}

std::string vendor_of(std::uint32_t b, std::uint32_t d, std::uint32_t c) {
  std::string vendor;
  for (const std::uint32_t word : {b, d, c}) {
    for (int shift = 0; shift < 32; shift += 8) {
      vendor.push_back(static_cast<char>((word >> shift) & 0xFF));
    }
  }
  return vendor;
}

CpuFeatures read_features() {
  CpuFeatures cpu;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;
  std::uint32_t d = 0;
  if (__get_cpuid(0, &a, &b, &c, &d) == 0) return cpu;
  cpu.vendor = vendor_of(b, d, c);
  if (__get_cpuid(1, &a, &b, &c, &d) == 0) return cpu;
  read_model(cpu, a);
  const bool sse = has_bit(c, 9) && has_bit(c, 19);
  const std::uint32_t saved = has_bit(c, 27) ? saved_registers() : 0;
  const bool avx_saved = has_bit(c, 28) && (saved & 0x06) == 0x06;
  const bool avx512_saved = avx_saved && (saved & 0xE0) == 0xE0;
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0) return cpu;
  cpu.sha_ni = sse && has_bit(b, 29);
  cpu.avx2 = avx_saved && has_bit(b, 5);
  cpu.avx512 = avx512_saved && has_bit(b, 16) && has_bit(b, 30) && has_bit(b, 31);
  return cpu;
}

#elif defined(__aarch64__) && defined(__linux__)

CpuFeatures read_features() {
  constexpr unsigned long kSha2 = 1UL << 6;  // HWCAP_SHA2
  CpuFeatures cpu;
  cpu.arm_sha2 = (::getauxval(AT_HWCAP) & kSha2) != 0;
  return cpu;
}

#else

CpuFeatures read_features() { return {}; }

#endif

}  // namespace

const CpuFeatures& this_cpu() {
  static const CpuFeatures kCpu = read_features();
  return kCpu;
}

}  // namespace hallmark::base

#include "hash/sha256/kernel.h"

#include "hash/sha256/libcrypto.h"
#include "hash/sha256/portable.h"

#if defined(__x86_64__)
#include "hash/sha256/avx2.h"
#include "hash/sha256/avx512.h"
#include "hash/sha256/shani.h"
#include "hash/sha256/shani_vector.h"
#elif defined(__aarch64__)
#include "hash/sha256/armv8.h"
#endif

namespace hallmark::hash::sha256 {

State initial_state() {
  return {{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab,
           0x5be0cd19}};
}

std::vector<Kernel> kernels_for(const base::CpuFeatures& cpu) {
  std::vector<Kernel> kernels{{"portable", 1, compress_portable},
                              {"libcrypto", 1, compress_libcrypto}};
  const auto add_if = [&kernels](bool usable, std::initializer_list<Kernel> more) {
    if (usable) kernels.insert(kernels.end(), more);
  };
#if defined(__x86_64__)
  add_if(cpu.sha_ni, {{"shani1", 1, compress_shani1},
                      {"shani2", 2, compress_shani2},
                      {"shani3", 3, compress_shani3},
                      {"shani4", 4, compress_shani4}});
  add_if(cpu.sha_ni && cpu.avx512,
         {{"shani4ymm", 4, compress_shani4ymm}, {"shani4zmm", 4, compress_shani4zmm}});
  add_if(cpu.avx2, {{"avx2x8", 8, compress_avx2x8}});
  add_if(cpu.avx512, {{"avx512x16", 16, compress_avx512x16}});
#elif defined(__aarch64__)
  add_if(cpu.arm_sha2, {{"armv8x1", 1, compress_armv8x1},
                        {"armv8x2", 2, compress_armv8x2},
                        {"armv8x4", 4, compress_armv8x4}});
#else
  add_if(false, {});
  static_cast<void>(cpu);
#endif
  return kernels;
}

std::span<const Kernel> kernels_of_this_machine() {
  static const std::vector<Kernel> kKernels = kernels_for(base::this_cpu());
  return kKernels;
}

}  // namespace hallmark::hash::sha256

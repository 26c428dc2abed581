#pragma once

#include <cstdint>
#include <string>

namespace hallmark::base {

/// What the processor offers and the operating system lets programs use.
struct CpuFeatures {
  std::string vendor;  ///< As CPUID names it, such as "AuthenticAMD"; empty outside x86.
  std::uint32_t family = 0;
  std::uint32_t model = 0;
  bool sha_ni = false;    ///< With SSSE3 and SSE4.1.
  bool avx2 = false;      ///< The wider registers are saved by the system too.
  bool avx512 = false;    ///< F, BW and VL, and the registers are saved by the system.
  bool arm_sha2 = false;  ///< SHA-256 instructions of ARMv8.
};

/// Asks once in the life of the process: in a virtual machine each question to the processor is
/// answered by the hypervisor, and costs microseconds.
const CpuFeatures& this_cpu();

}  // namespace hallmark::base

#include "hash/sha256/tuning.h"

namespace hallmark::hash::sha256 {
namespace {

struct Figure {
  std::string_view kernel;
  double gigabytes_per_second;
};

struct KnownProcessor {
  std::string_view vendor;
  std::uint32_t family;
  std::uint32_t first_model;
  std::uint32_t last_model;
  std::span<const Figure> figures;
};

// One core, data in cache, g++ 12. Clocks differ from machine to machine; proportions do not.

constexpr Figure kZen3[] = {{"portable", 0.34}, {"libcrypto", 1.55}, {"shani1", 1.59},
                            {"shani2", 3.07},   {"shani3", 3.53},    {"shani4", 3.47},
                            {"avx2x8", 1.60}};

constexpr Figure kZen4[] = {{"portable", 0.35},  {"libcrypto", 1.81}, {"shani1", 1.82},
                            {"shani2", 3.49},    {"shani3", 3.83},    {"shani4", 3.83},
                            {"shani4ymm", 5.25}, {"shani4zmm", 4.55}, {"avx2x8", 1.83},
                            {"avx512x16", 3.54}};

// Not measured here yet, and so measured by large jobs: shani4ymm, shani4zmm, avx2x8.
constexpr Figure kZen5[] = {{"portable", 0.37}, {"libcrypto", 1.67}, {"shani1", 1.71},
                            {"shani2", 2.98},   {"shani3", 2.99},    {"shani4", 3.04},
                            {"avx512x16", 4.65}};

constexpr KnownProcessor kKnown[] = {
    {"AuthenticAMD", 25, 0x00, 0x0F, kZen3}, {"AuthenticAMD", 25, 0x10, 0x1F, kZen4},
    {"AuthenticAMD", 25, 0x20, 0x5F, kZen3}, {"AuthenticAMD", 25, 0x60, 0xAF, kZen4},
    {"AuthenticAMD", 26, 0x00, 0xFF, kZen5},
};

// Without SHA instructions one stream takes plain code, several at once vectors.
constexpr Figure kWithSha[] = {{"portable", 0.3}, {"libcrypto", 1.0}, {"shani1", 1.0},
                               {"shani2", 1.7},   {"armv8x1", 1.0},   {"armv8x2", 1.5},
                               {"armv8x4", 1.6},  {"avx512x16", 2.0}};
constexpr Figure kWithoutSha[] = {
    {"portable", 0.3}, {"libcrypto", 0.4}, {"avx2x8", 1.2}, {"avx512x16", 2.0}};

std::vector<Rate> rates_of(std::span<const Kernel> kernels, std::span<const Figure> figures) {
  std::vector<Rate> rates;
  for (const Kernel& kernel : kernels) {
    for (const Figure& figure : figures) {
      if (figure.kernel == kernel.name) rates.push_back({kernel, figure.gigabytes_per_second});
    }
  }
  return rates;
}

}  // namespace

std::vector<Rate> known_rates(const base::CpuFeatures& cpu, std::span<const Kernel> kernels) {
  for (const KnownProcessor& known : kKnown) {
    if (known.vendor == cpu.vendor && known.family == cpu.family &&
        known.first_model <= cpu.model && cpu.model <= known.last_model) {
      return rates_of(kernels, known.figures);
    }
  }
  return {};
}

std::vector<Rate> assumed_rates(const base::CpuFeatures& cpu, std::span<const Kernel> kernels) {
  if (cpu.sha_ni || cpu.arm_sha2) return rates_of(kernels, kWithSha);
  return rates_of(kernels, kWithoutSha);
}

}  // namespace hallmark::hash::sha256

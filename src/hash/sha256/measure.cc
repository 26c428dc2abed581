#include "hash/sha256/measure.h"

#include <algorithm>
#include <array>

#include "hash/thread_time.h"

namespace hallmark::hash::sha256 {
namespace {

constexpr std::size_t kLaneSize = std::size_t{16} << 10;
// Lanes a power of two apart would all want the same few places of a cache.
constexpr std::size_t kStride = kLaneSize + 5 * kBlockSize;

double sample(const Kernel& kernel, const std::vector<std::uint8_t>& data, std::size_t bytes) {
  std::array<Lane, kWidest> lanes{};
  std::array<Lane*, kWidest> pointers{};
  for (std::size_t i = 0; i < kernel.width; ++i) {
    lanes[i].state = initial_state();
    pointers[i] = &lanes[i];
  }
  const std::size_t round = kernel.width * kLaneSize;
  const std::size_t rounds = std::max<std::size_t>(1, bytes / round);
  const double began = thread_seconds();
  for (std::size_t i = 0; i < rounds; ++i) {
    for (std::size_t j = 0; j < kernel.width; ++j) lanes[j].data = &data[j * kStride];
    kernel.compress(pointers.data(), kLaneSize / kBlockSize);
  }
  return rate_since(began, rounds * round) / 1e9;
}

}  // namespace

std::vector<Rate> measure_kernels(std::span<const Kernel> kernels, const Effort& effort) {
  const std::vector<std::uint8_t> data(kWidest * kStride, std::uint8_t{0x5A});
  std::vector<std::vector<double>> samples(kernels.size());
  for (std::size_t round = 0; round < effort.samples; ++round) {
    for (std::size_t i = 0; i < kernels.size(); ++i) {
      samples[i].push_back(sample(kernels[i], data, effort.bytes));
    }
  }
  std::vector<Rate> rates;
  for (std::size_t i = 0; i < kernels.size(); ++i) {
    std::sort(samples[i].begin(), samples[i].end());
    rates.push_back({kernels[i], samples[i][effort.samples / 2]});
  }
  return rates;
}

}  // namespace hallmark::hash::sha256

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/cancellation.h"
#include "hallmark/base/log.h"
#include "hallmark/base/result.h"
#include "hallmark/hash/algorithm.h"

// What one core of this machine can do: the ceilings that hashing a model is held against.

namespace hallmark::hash {

/// One way to compute SHA-256, with all of its lanes in use.
struct KernelSpeed {
  std::string_view kernel;
  std::size_t messages;  ///< That it hashes at a time.
  std::uint64_t bytes_per_second;
};

/// One message, as one thread hashes it.
struct AlgorithmSpeed {
  Algorithm algorithm;
  std::uint64_t bytes_per_second;
};

/// A file in the page cache, read into one buffer again and again.
struct ReadSpeed {
  std::size_t buffer_size;
  std::uint64_t bytes_per_second;
};

/// Which kernel hashes so many messages, where the job is large enough to measure before.
struct KernelChoice {
  std::size_t messages;
  std::string_view kernel;
};

struct Speeds {
  std::vector<KernelSpeed> kernels;
  std::vector<AlgorithmSpeed> algorithms;  ///< Those that have no kernels of ours.
  std::uint64_t copied_per_second;         ///< Bytes, from memory to memory.
  std::vector<ReadSpeed> reads;
  std::vector<KernelChoice> choices;  ///< For 1, 2, 4 and 16 messages.
};

/// How much work a measurement is.
struct SpeedEffort {
  std::size_t samples = 7;                         ///< Of each figure, for the median.
  std::size_t hashed = std::size_t{8} << 20;       ///< Bytes of a sample.
  std::size_t copied = std::size_t{64} << 20;      ///< Bytes; more than caches hold.
  std::size_t file_size = std::size_t{256} << 20;  ///< Of the file that is read.
};

/// Measures one core by the processor time of this thread. A file without a name is made in
/// `directory` for the reading, and is gone afterwards. `log` hears when a quicker kernel cannot be
/// used. Fails with kIoError, kNotFound or kCancelled.
Result<Speeds> measure_speeds(const std::string& directory, const SpeedEffort& effort,
                              base::LogSink& log, const base::Cancellation& cancellation);

}  // namespace hallmark::hash

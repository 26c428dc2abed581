#include "hallmark/hash/speed.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "hallmark/base/file.h"
#include "hallmark/hash/hasher.h"
#include "hash/engine/aligned_buffer.h"
#include "hash/sha256/choice.h"
#include "hash/thread_time.h"

namespace hallmark::hash {
namespace {

// BLAKE3 wants many chunks at a time; this much still stays in a second-level cache.
constexpr std::size_t kHashedAtOnce = std::size_t{256} << 10;
constexpr std::size_t kWrittenAtOnce = std::size_t{1} << 20;
// What the engine reads into: a lane's buffer, and that of a lone large file.
constexpr std::size_t kReadSizes[] = {std::size_t{64} << 10, std::size_t{1} << 20};
constexpr std::size_t kMessageCounts[] = {1, 2, 4, 16};

std::uint64_t median_of(std::vector<double> samples) {
  const auto middle = samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2);
  std::nth_element(samples.begin(), middle, samples.end());
  return static_cast<std::uint64_t>(*middle);
}

/// The median of what `sample`, a Result<double>, gives.
template <typename Sample>
Result<std::uint64_t> measure(const SpeedEffort& effort, const base::Cancellation& cancellation,
                              const Sample& sample) {
  std::vector<double> samples;
  for (std::size_t i = 0; i < std::max<std::size_t>(1, effort.samples); ++i) {
    HALLMARK_TRY(cancellation.check());
    HALLMARK_ASSIGN_OR_RETURN(const double rate, sample());
    samples.push_back(rate);
  }
  return median_of(std::move(samples));
}

std::vector<KernelSpeed> kernel_speeds(const SpeedEffort& effort) {
  std::vector<KernelSpeed> speeds;
  for (const sha256::Rate& rate : sha256::measure_kernels(sha256::kernels_of_this_machine(),
                                                          {effort.samples, effort.hashed})) {
    speeds.push_back({rate.kernel.name, rate.kernel.width,
                      static_cast<std::uint64_t>(rate.gigabytes_per_second * 1e9)});
  }
  return speeds;
}

std::vector<KernelChoice> kernel_choices(base::LogSink& log) {
  const std::size_t most = *std::rbegin(kMessageCounts);
  const sha256::Choice choice = sha256::choose({.messages = most, .is_large = true});
  for (const std::string& warning : choice.warnings) log.log(base::LogLevel::kWarning, warning);
  std::vector<KernelChoice> choices;
  for (const std::size_t count : kMessageCounts) {
    choices.push_back({count, choice.for_messages(count).name});
  }
  return choices;
}

double hash_once(Hasher& hasher, ByteView data, std::size_t bytes) {
  const std::size_t rounds = std::max<std::size_t>(1, bytes / data.size());
  const double began = thread_seconds();
  for (std::size_t i = 0; i < rounds; ++i) hasher.update(data);
  hasher.finish();
  return rate_since(began, rounds * data.size());
}

Result<std::vector<AlgorithmSpeed>> algorithm_speeds(const SpeedEffort& effort,
                                                     const base::Cancellation& cancellation) {
  const std::vector<std::uint8_t> data(kHashedAtOnce, std::uint8_t{0x5A});
  std::vector<AlgorithmSpeed> speeds;
  for (const Algorithm algorithm : {Algorithm::kSha512, Algorithm::kBlake2b, Algorithm::kBlake3}) {
    Hasher hasher(algorithm);
    const auto sample = [&]() -> Result<double> { return hash_once(hasher, data, effort.hashed); };
    HALLMARK_ASSIGN_OR_RETURN(const std::uint64_t rate, measure(effort, cancellation, sample));
    speeds.push_back({algorithm, rate});
  }
  return speeds;
}

Result<std::uint64_t> copy_speed(const SpeedEffort& effort,
                                 const base::Cancellation& cancellation) {
  const std::vector<std::uint8_t> source(effort.copied, std::uint8_t{0x5A});
  std::vector<std::uint8_t> target(effort.copied);
  return measure(effort, cancellation, [&]() -> Result<double> {
    const double began = thread_seconds();
    std::memcpy(target.data(), source.data(), source.size());
    const double rate = rate_since(began, source.size());
    // A copy that nobody looks at could be left out by the compiler.
    HALLMARK_CHECK(target.back() == source.back());
    return rate;
  });
}

// Not every file system has files without a name.
Result<base::FileDescriptor> open_unnamed(const std::string& directory) {
  constexpr mode_t kMode = 0600;
  base::FileDescriptor file(
      ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, kMode));
  if (file.valid()) return file;
  if (errno != EOPNOTSUPP && errno != EISDIR) {
    return fail(base::system_error(errno, "make a file in", directory));
  }
  std::string path = directory + "/.hallmark-XXXXXX";
  file = base::FileDescriptor(::mkostemp(path.data(), O_CLOEXEC));
  if (!file.valid()) return fail(base::system_error(errno, "make a file in", directory));
  ::unlink(path.c_str());
  return file;
}

Result<base::FileDescriptor> make_file(const std::string& directory, std::size_t size,
                                       const base::Cancellation& cancellation) {
  HALLMARK_ASSIGN_OR_RETURN(base::FileDescriptor file, open_unnamed(directory));
  const std::vector<std::uint8_t> data(kWrittenAtOnce, std::uint8_t{0x5A});
  for (std::size_t done = 0; done < size;) {
    HALLMARK_TRY(cancellation.check());
    const ssize_t n = ::write(file.get(), data.data(), std::min(data.size(), size - done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(base::system_error(errno, "write a file in", directory));
    done += static_cast<std::size_t>(n);
  }
  return file;
}

Result<double> read_once(const base::FileDescriptor& file, std::span<std::uint8_t> buffer,
                         const std::string& directory) {
  const double began = thread_seconds();
  for (std::uint64_t offset = 0;;) {
    HALLMARK_ASSIGN_OR_RETURN(const std::size_t n, base::read_at(file, offset, buffer, directory));
    offset += n;
    if (n < buffer.size()) return rate_since(began, offset);
  }
}

Result<std::vector<ReadSpeed>> read_speeds(const std::string& directory, const SpeedEffort& effort,
                                           const base::Cancellation& cancellation) {
  HALLMARK_ASSIGN_OR_RETURN(const base::FileDescriptor file,
                            make_file(directory, effort.file_size, cancellation));
  std::vector<ReadSpeed> speeds;
  for (const std::size_t size : kReadSizes) {
    const engine::AlignedBuffer buffer(size);
    const auto sample = [&] { return read_once(file, buffer.span(), directory); };
    HALLMARK_ASSIGN_OR_RETURN(const std::uint64_t rate, measure(effort, cancellation, sample));
    speeds.push_back({size, rate});
  }
  return speeds;
}

}  // namespace

Result<Speeds> measure_speeds(const std::string& directory, const SpeedEffort& effort,
                              base::LogSink& log, const base::Cancellation& cancellation) {
  Speeds speeds;
  HALLMARK_ASSIGN_OR_RETURN(speeds.reads, read_speeds(directory, effort, cancellation));
  speeds.kernels = kernel_speeds(effort);
  HALLMARK_ASSIGN_OR_RETURN(speeds.algorithms, algorithm_speeds(effort, cancellation));
  HALLMARK_ASSIGN_OR_RETURN(speeds.copied_per_second, copy_speed(effort, cancellation));
  speeds.choices = kernel_choices(log);
  return speeds;
}

}  // namespace hallmark::hash

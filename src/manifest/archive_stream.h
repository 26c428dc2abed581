#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "hallmark/base/cancellation.h"
#include "hallmark/base/result.h"
#include "hallmark/manifest/archive.h"

namespace hallmark::manifest {

/// How many bytes are unpacked at a time.
inline constexpr std::size_t kArchiveBuffer = std::size_t{256} << 10;

/// The bytes that an archive may still unpack to.
class UnpackingAllowance {
 public:
  UnpackingAllowance(std::uint64_t bytes, const base::Cancellation& cancellation)
      : bytes_(bytes), left_(bytes), cancellation_(cancellation) {}

  /// Fails with kLimitExceeded when that is more than is left, with kCancelled after a request.
  Result<void> spend(std::uint64_t bytes);

 private:
  std::uint64_t bytes_;
  std::uint64_t left_;
  const base::Cancellation& cancellation_;
};

/// Bytes in order.
class ByteStream {
 public:
  virtual ~ByteStream() = default;

  /// Fills the buffer; gives fewer bytes only where the stream ends, and does not end before all
  /// that the source holds has been accounted for.
  virtual Result<std::size_t> read(std::span<std::uint8_t> buffer) = 0;
};

/// The bytes of a source from `offset` up to `end`.
class SourceStream final : public ByteStream {
 public:
  SourceStream(ArchiveSource& source, std::uint64_t offset, std::uint64_t end)
      : source_(source), offset_(offset), end_(end) {}

  Result<std::size_t> read(std::span<std::uint8_t> buffer) override;

 private:
  ArchiveSource& source_;
  std::uint64_t offset_;
  std::uint64_t end_;
};

/// The tar archive in a source; every form but kZip. Source and allowance must outlive the stream.
std::unique_ptr<ByteStream> open_tar_stream(ArchiveForm form, ArchiveSource& source,
                                            UnpackingAllowance& allowance);

/// Streams of compressed data, each with a check of every sum that is in it. Several compressed
/// streams one after the other are one, as they are for the tools.
std::unique_ptr<ByteStream> open_gzip_stream(std::unique_ptr<ByteStream> packed);
std::unique_ptr<ByteStream> open_zstd_stream(std::unique_ptr<ByteStream> packed);

}  // namespace hallmark::manifest

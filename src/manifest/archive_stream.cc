#include "manifest/archive_stream.h"

#include <algorithm>

#include <fmt/core.h>

namespace hallmark::manifest {
namespace {

// What comes out of another stream, counted.
class CountedStream final : public ByteStream {
 public:
  CountedStream(std::unique_ptr<ByteStream> inner, UnpackingAllowance& allowance)
      : inner_(std::move(inner)), allowance_(allowance) {}

  Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
    HALLMARK_ASSIGN_OR_RETURN(const std::size_t count, inner_->read(buffer));
    HALLMARK_TRY(allowance_.spend(count));
    return count;
  }

 private:
  std::unique_ptr<ByteStream> inner_;
  UnpackingAllowance& allowance_;
};

std::unique_ptr<ByteStream> unpacked(ArchiveForm form, std::unique_ptr<ByteStream> packed) {
  switch (form) {
    case ArchiveForm::kTar:
      return packed;
    case ArchiveForm::kTarGzip:
      return open_gzip_stream(std::move(packed));
    case ArchiveForm::kTarZstd:
      return open_zstd_stream(std::move(packed));
    case ArchiveForm::kZip:
      break;
  }
  HALLMARK_CHECK(false);
  return nullptr;
}

}  // namespace

Result<void> UnpackingAllowance::spend(std::uint64_t bytes) {
  HALLMARK_TRY(cancellation_.check());
  if (bytes > left_) {
    return fail(Code::kLimitExceeded,
                fmt::format("the archive unpacks to more than {} bytes", bytes_));
  }
  left_ -= bytes;
  return {};
}

Result<std::size_t> SourceStream::read(std::span<std::uint8_t> buffer) {
  const std::uint64_t wanted = std::min<std::uint64_t>(buffer.size(), end_ - offset_);
  HALLMARK_ASSIGN_OR_RETURN(
      const std::size_t count,
      source_.read_at(offset_, buffer.first(static_cast<std::size_t>(wanted))));
  offset_ += count;
  return count;
}

std::unique_ptr<ByteStream> open_tar_stream(ArchiveForm form, ArchiveSource& source,
                                            UnpackingAllowance& allowance) {
  auto packed = std::make_unique<SourceStream>(source, 0, source.size());
  return std::make_unique<CountedStream>(unpacked(form, std::move(packed)), allowance);
}

}  // namespace hallmark::manifest

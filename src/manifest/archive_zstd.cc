// Zstandard (RFC 8878): frames one after the other, each with a checksum where its writer gave one.

#include <zstd.h>
#include <zstd_errors.h>

#include <fmt/core.h>

#include "manifest/archive_packed_input.h"
#include "manifest/archive_stream.h"

namespace hallmark::manifest {
namespace {

// The decompressor keeps so much: what `zstd` itself allows without --memory or --long.
constexpr int kLargestWindowLog = 27;
constexpr std::uint64_t kMagicSize = 4;
constexpr std::uint8_t kFrame = 0x28;           // the first byte of 0xfd2fb528
constexpr std::uint8_t kSkippableFrame = 0x50;  // and of 0x184d2a50 to 0x184d2a5f

class ZstdStream final : public ByteStream {
 public:
  explicit ZstdStream(std::unique_ptr<ByteStream> packed)
      : input_(std::move(packed)), context_(ZSTD_createDCtx(), &ZSTD_freeDCtx) {
    HALLMARK_CHECK(context_ != nullptr);
    HALLMARK_CHECK(ZSTD_isError(ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax,
                                                       kLargestWindowLog)) == 0);
  }

  Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
    ZSTD_outBuffer out{buffer.data(), buffer.size(), 0};
    while (out.pos < out.size) {
      HALLMARK_ASSIGN_OR_RETURN(const ByteView packed, input_.peek());
      if (packed.empty() && between_frames_ && frames_ > 0) break;
      if (between_frames_ && !packed.empty()) HALLMARK_TRY(check_first_byte(packed.front()));
      const std::size_t before = out.pos;
      HALLMARK_TRY(decompress_some(packed, out));
      // Without input, only what was held back can come.
      if (packed.empty() && out.pos == before && !between_frames_) return cut_off();
      if (packed.empty() && frames_ == 0) return cut_off();
    }
    return out.pos;
  }

 private:
  // Frames of RFC 8878, skippable ones among them; not those of zstd before 0.8, which the library
  // reads as well.
  [[nodiscard]] Result<void> check_first_byte(std::uint8_t first) const {
    if (first == kFrame || (first & 0xf0U) == kSkippableFrame) return {};
    if (frames_ > 0) return fail(Code::kArchiveTrailingData, "something follows the zstd data");
    return fail(Code::kArchiveMalformed, "expected zstd data, found something else");
  }

  Result<void> decompress_some(ByteView packed, ZSTD_outBuffer& out) {
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    const std::size_t status = ZSTD_decompressStream(context_.get(), &out, &in);
    if (ZSTD_isError(status) != 0) {
      return fail(code_of(ZSTD_getErrorCode(status)),
                  fmt::format("the zstd data is refused: {}", ZSTD_getErrorName(status)));
    }
    input_.use(in.pos);
    in_frame_ = between_frames_ ? in.pos : in_frame_ + in.pos;
    between_frames_ = status == 0;
    if (between_frames_) ++frames_;
    return {};
  }

  [[nodiscard]] tl::unexpected<Error> cut_off() const {
    // Too little to be told from the beginning of another frame.
    if (frames_ > 0 && in_frame_ < kMagicSize) {
      return fail(Code::kArchiveTrailingData, "something follows the zstd data");
    }
    return fail(Code::kArchiveTruncated, "the zstd data ends too early");
  }

  [[nodiscard]] Code code_of(ZSTD_ErrorCode error) const {
    switch (error) {
      case ZSTD_error_checksum_wrong:
        return Code::kArchiveChecksumMismatch;
      case ZSTD_error_prefix_unknown:
        return frames_ > 0 ? Code::kArchiveTrailingData : Code::kArchiveMalformed;
      case ZSTD_error_frameParameter_windowTooLarge:
      case ZSTD_error_memory_allocation:
        return Code::kLimitExceeded;
      case ZSTD_error_dictionary_wrong:
      case ZSTD_error_frameParameter_unsupported:
      case ZSTD_error_version_unsupported:
        return Code::kArchiveUnsupported;
      default:
        return Code::kArchiveMalformed;
    }
  }

  PackedInput input_;
  std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context_;
  std::uint64_t frames_ = 0;    // that are complete
  std::uint64_t in_frame_ = 0;  // bytes of the present one that were used
  bool between_frames_ = true;
};

}  // namespace

std::unique_ptr<ByteStream> open_zstd_stream(std::unique_ptr<ByteStream> packed) {
  return std::make_unique<ZstdStream>(std::move(packed));
}

}  // namespace hallmark::manifest

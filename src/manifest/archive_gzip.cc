// gzip (RFC 1952): members one after the other, each with the CRC and length of its contents.

#include <zlib.h>

#include <fmt/core.h>

#include "manifest/archive_packed_input.h"
#include "manifest/archive_stream.h"

namespace hallmark::manifest {
namespace {

constexpr int kGzipOnly = 16 + MAX_WBITS;

class GzipStream final : public ByteStream {
 public:
  explicit GzipStream(std::unique_ptr<ByteStream> packed) : input_(std::move(packed)) {
    HALLMARK_CHECK(inflateInit2(&zlib_, kGzipOnly) == Z_OK);
  }
  ~GzipStream() override { inflateEnd(&zlib_); }
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
    zlib_.next_out = buffer.data();
    zlib_.avail_out = static_cast<uInt>(buffer.size());
    while (zlib_.avail_out > 0) {
      HALLMARK_ASSIGN_OR_RETURN(const ByteView packed, input_.peek());
      if (between_members_) {
        if (packed.empty() && members_ > 0) break;
        HALLMARK_CHECK(inflateReset(&zlib_) == Z_OK);
        between_members_ = false;
      }
      if (packed.empty()) return ends_too_early();
      HALLMARK_TRY(inflate_some(packed));
    }
    return buffer.size() - zlib_.avail_out;
  }

 private:
  // What is too short to begin another member is none.
  [[nodiscard]] tl::unexpected<Error> ends_too_early() const {
    constexpr uLong kMagicLength = 2;
    if (members_ > 0 && zlib_.total_in < kMagicLength) {
      return fail(Code::kArchiveTrailingData, "a byte stands after the gzip data");
    }
    return fail(Code::kArchiveTruncated, "the gzip data ends too early");
  }

  Result<void> inflate_some(ByteView packed) {
    zlib_.next_in = packed.data();
    zlib_.avail_in = static_cast<uInt>(packed.size());
    const int status = ::inflate(&zlib_, Z_NO_FLUSH);
    input_.use(packed.size() - zlib_.avail_in);
    if (status == Z_STREAM_END) {
      between_members_ = true;
      ++members_;
      return {};
    }
    if (status == Z_OK || status == Z_BUF_ERROR) return {};
    return fail(code_of(status), fmt::format("the gzip data is refused: {}",
                                             zlib_.msg != nullptr ? zlib_.msg : "no memory"));
  }

  // zlib tells what is wrong by a fixed text alone.
  [[nodiscard]] Code code_of(int status) const {
    if (status == Z_MEM_ERROR) return Code::kLimitExceeded;
    const std::string_view what = zlib_.msg != nullptr ? zlib_.msg : "";
    if (what == "incorrect data check" || what == "incorrect length check" ||
        what == "header crc mismatch") {
      return Code::kArchiveChecksumMismatch;
    }
    if (what == "incorrect header check" && members_ > 0) return Code::kArchiveTrailingData;
    return Code::kArchiveMalformed;
  }

  PackedInput input_;
  z_stream zlib_{};
  std::uint64_t members_ = 0;  // that are complete
  bool between_members_ = true;
};

}  // namespace

std::unique_ptr<ByteStream> open_gzip_stream(std::unique_ptr<ByteStream> packed) {
  return std::make_unique<GzipStream>(std::move(packed));
}

}  // namespace hallmark::manifest

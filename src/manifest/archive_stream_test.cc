#include "manifest/archive_stream.h"

#include <zlib.h>
#include <zstd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing/archives.h"
#include "testing/result_matchers.h"

namespace hallmark::manifest {
namespace {

using testing::ArchiveInMemory;
using ::testing::Eq;
using testing::gzip_stored;
using testing::HasCode;
using ::testing::HasSubstr;
using testing::IsOkWith;

std::string long_text() {
  std::string text;
  for (int i = 0; text.size() < 3 * kArchiveBuffer; ++i) text += std::to_string(i) + " weights\n";
  return text;
}

std::string gzip_of(std::string_view text) {
  z_stream zlib{};
  EXPECT_EQ(deflateInit2(&zlib, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(deflateBound(&zlib, text.size()) + 64, '\0');
  zlib.next_in = bytes_of(text).data();
  zlib.avail_in = static_cast<uInt>(text.size());
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): zlib writes unsigned bytes
  zlib.next_out = reinterpret_cast<Bytef*>(packed.data());
  zlib.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&zlib, Z_FINISH), Z_STREAM_END);
  packed.resize(packed.size() - zlib.avail_out);
  deflateEnd(&zlib);
  return packed;
}

std::string zstd_of(std::string_view text, int window_log = 0) {
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(),
                                                                     &ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  if (window_log != 0) {
    // Nobody may know the size beforehand, or the window becomes no larger than that.
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, 0);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, window_log);
  }
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  ZSTD_outBuffer out{packed.data(), packed.size(), 0};
  ZSTD_inBuffer in{text.data(), text.size(), 0};
  EXPECT_EQ(ZSTD_isError(ZSTD_compressStream2(context.get(), &out, &in, ZSTD_e_flush)), 0U);
  EXPECT_EQ(ZSTD_compressStream2(context.get(), &out, &in, ZSTD_e_end), 0U);
  packed.resize(out.pos);
  return packed;
}

Result<std::string> read_all(ByteStream& stream, std::size_t step = 1000) {
  std::string text;
  std::vector<std::uint8_t> buffer(step);
  for (;;) {
    HALLMARK_ASSIGN_OR_RETURN(const std::size_t count, stream.read(buffer));
    text += text_of(ByteView(buffer).first(count));
    if (count < buffer.size()) break;
  }
  // It stays at its end.
  HALLMARK_ASSIGN_OR_RETURN(const std::size_t more, stream.read(buffer));
  EXPECT_EQ(more, 0U);
  return text;
}

Result<std::string> unpack(ArchiveForm form, const std::string& packed,
                           std::uint64_t limit = 1'000'000'000) {
  ArchiveInMemory source(packed);
  const base::Cancellation cancellation;
  UnpackingAllowance allowance(limit, cancellation);
  return read_all(*open_tar_stream(form, source, allowance));
}

Result<std::string> gunzip(const std::string& packed) {
  return unpack(ArchiveForm::kTarGzip, packed);
}

Result<std::string> unzstd(const std::string& packed) {
  return unpack(ArchiveForm::kTarZstd, packed);
}

TEST(ArchiveStreamTest, GivesWhatWasPacked) {
  const std::string text = long_text();
  EXPECT_EQ(unpack(ArchiveForm::kTar, text).value_or(""), text);
  EXPECT_EQ(gunzip(gzip_of(text)).value_or(""), text);
  EXPECT_EQ(unzstd(zstd_of(text)).value_or(""), text);
  EXPECT_THAT(gunzip(gzip_stored("abc")), IsOkWith(Eq("abc")));
  EXPECT_THAT(gunzip(gzip_of("")), IsOkWith(Eq("")));
  EXPECT_THAT(unzstd(zstd_of("")), IsOkWith(Eq("")));
}

TEST(ArchiveStreamTest, GivesBuffersOfAnySizeTheSame) {
  const std::string text = long_text().substr(0, 5000);
  for (const std::size_t step : {1U, 7U, 512U, 5000U, 5001U, 9000U}) {
    for (const ArchiveForm form : {ArchiveForm::kTarGzip, ArchiveForm::kTarZstd}) {
      ArchiveInMemory source(form == ArchiveForm::kTarGzip ? gzip_of(text) : zstd_of(text));
      const base::Cancellation cancellation;
      UnpackingAllowance allowance(5000, cancellation);
      EXPECT_EQ(read_all(*open_tar_stream(form, source, allowance), step).value_or(""), text);
    }
  }
}

TEST(ArchiveStreamTest, TakesSeveralPackedStreamsAsOne) {
  EXPECT_THAT(gunzip(gzip_of("abc") + gzip_of("") + gzip_stored("def")), IsOkWith(Eq("abcdef")));
  const std::string skippable = "\x50\x2a\x4d\x18" + testing::little_endian(3, 4) + "xyz";
  EXPECT_THAT(unzstd(zstd_of("abc") + skippable + zstd_of("def")), IsOkWith(Eq("abcdef")));
}

TEST(ArchiveStreamTest, RefusesWrongSums) {
  std::string crc = gzip_of("abc");
  crc[crc.size() - 8] ^= 1;
  EXPECT_THAT(gunzip(crc), HasCode(Code::kArchiveChecksumMismatch));
  std::string length = gzip_of("abc");
  length[length.size() - 4] ^= 1;
  EXPECT_THAT(gunzip(length), HasCode(Code::kArchiveChecksumMismatch));
  std::string sum = zstd_of("abc");
  sum.back() ^= 1;
  EXPECT_THAT(unzstd(sum), HasCode(Code::kArchiveChecksumMismatch));
}

TEST(ArchiveStreamTest, RefusesWhatIsCutOffAnywhere) {
  const std::string gzip = gzip_of("some weights");
  const std::string zstd = zstd_of("some weights");
  for (std::size_t size = 0; size < gzip.size(); ++size) {
    EXPECT_THAT(gunzip(gzip.substr(0, size)), HasCode(Code::kArchiveTruncated)) << size;
  }
  for (std::size_t size = 0; size < zstd.size(); ++size) {
    EXPECT_THAT(unzstd(zstd.substr(0, size)), HasCode(Code::kArchiveTruncated)) << size;
  }
}

TEST(ArchiveStreamTest, RefusesWhatFollows) {
  for (const std::string garbage : {"x", "xyz", "garbage and more of it", "(", "\x28\xb5\x2f"}) {
    EXPECT_THAT(unzstd(zstd_of("abc") + garbage), HasCode(Code::kArchiveTrailingData)) << garbage;
  }
  for (const std::string garbage : {"x", "xy", "garbage and more of it", "\x1f", "\x1f\x8c"}) {
    EXPECT_THAT(gunzip(gzip_of("abc") + garbage), HasCode(Code::kArchiveTrailingData)) << garbage;
  }
  EXPECT_THAT(gunzip(gzip_of("abc") + std::string(512, '\0')), HasCode(Code::kArchiveTrailingData));
}

TEST(ArchiveStreamTest, RefusesWhatIsNoSuchData) {
  EXPECT_THAT(gunzip("no gzip data"), HasCode(Code::kArchiveMalformed));
  EXPECT_THAT(unzstd("no zstd data"), HasCode(Code::kArchiveMalformed));
  // zstd 0.7 had another format, which the library reads.
  EXPECT_THAT(unzstd("\x27\xb5\x2f\xfd" + std::string(20, '\0')), HasCode(Code::kArchiveMalformed));
  std::string broken = gzip_stored("abc");
  broken[11] ^= 1;  // the length of the block
  EXPECT_THAT(gunzip(broken), HasCode(Code::kArchiveMalformed));
}

TEST(ArchiveStreamTest, LeavesDictionariesUnread) {
  // A frame with the dictionary 1 and one byte that is stored.
  const std::string frame("\x28\xb5\x2f\xfd\x21\x01\x01\x09\x00\x00x", 11);
  EXPECT_THAT(unzstd(frame), HasCode(Code::kArchiveUnsupported));
}

TEST(ArchiveStreamTest, BoundsTheWindowOfZstd) {
  EXPECT_THAT(unzstd(zstd_of("abc", 27)), IsOkWith(Eq("abc")));
  const auto result = unzstd(zstd_of("abc", 28));
  ASSERT_THAT(result, HasCode(Code::kLimitExceeded));
  EXPECT_THAT(result.error().message, HasSubstr("zstd"));
}

TEST(ArchiveStreamTest, StopsAtTheLimit) {
  const std::string packed = gzip_of(long_text());
  const std::uint64_t size = long_text().size();
  EXPECT_EQ(unpack(ArchiveForm::kTarGzip, packed, size).value_or("").size(), size);
  EXPECT_THAT(unpack(ArchiveForm::kTarGzip, packed, size - 1), HasCode(Code::kLimitExceeded));
}

TEST(ArchiveStreamTest, StopsWhenAsked) {
  ArchiveInMemory source(gzip_of("abc"));
  base::Cancellation cancellation;
  cancellation.request();
  UnpackingAllowance allowance(1000, cancellation);
  EXPECT_THAT(read_all(*open_tar_stream(ArchiveForm::kTarGzip, source, allowance)),
              HasCode(Code::kCancelled));
}

}  // namespace
}  // namespace hallmark::manifest

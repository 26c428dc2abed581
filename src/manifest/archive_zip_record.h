#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

// Records of zip (APPNOTE.TXT 6.3). Section numbers are of that document.

namespace hallmark::manifest {

/// Reads little-endian numbers one after the other; there must be enough bytes.
class LittleEndianReader {
 public:
  explicit LittleEndianReader(ByteView bytes) : bytes_(bytes) {}

  std::uint16_t u16() { return static_cast<std::uint16_t>(take(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(take(4)); }
  std::uint64_t u64() { return take(8); }
  void skip(std::size_t count) { bytes_ = bytes_.subspan(count); }
  [[nodiscard]] std::size_t left() const { return bytes_.size(); }

 private:
  std::uint64_t take(std::size_t count) {
    HALLMARK_CHECK(count <= bytes_.size());
    std::uint64_t number = 0;
    for (std::size_t i = count; i > 0; --i) number = number << 8U | bytes_[i - 1];
    skip(count);
    return number;
  }

  ByteView bytes_;
};

inline constexpr std::uint16_t kZipUnknown16 = 0xffff;      // the number stands in a zip64 record
inline constexpr std::uint32_t kZipUnknown32 = 0xffffffff;  // the same

inline constexpr std::uint32_t kZipLocalHeader = 0x04034b50;
inline constexpr std::uint32_t kZipCentralHeader = 0x02014b50;
inline constexpr std::uint32_t kZipDescriptor = 0x08074b50;
inline constexpr std::size_t kZipLocalSize = 30;
inline constexpr std::size_t kZipCentralSize = 46;

/// General purpose flags (4.4.4).
inline constexpr std::uint16_t kZipEncrypted = 0x0001;
inline constexpr std::uint16_t kZipHasDescriptor = 0x0008;
inline constexpr std::uint16_t kZipPatch = 0x0020;
inline constexpr std::uint16_t kZipStronglyEncrypted = 0x0040;
inline constexpr std::uint16_t kZipUtf8 = 0x0800;
inline constexpr std::uint16_t kZipMasked = 0x2000;

/// What the local header and the central one say of a member alike.
struct ZipHeader {
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  std::uint32_t crc = 0;
  std::uint64_t packed = 0;    ///< bytes
  std::uint64_t unpacked = 0;  ///< bytes
  std::uint64_t offset = 0;    ///< Of the local header; in central headers alone.
  std::string name;
};

/// Reads a header's extra fields (4.5): puts the sizes and the offset of a zip64 record into the
/// header where that has none. Fails with kArchiveMalformed, kArchiveEncrypted, or
/// kArchiveUnsupported for fields by which some programs take a member for another thing.
Result<void> apply_zip_extra(ByteView extra, ZipHeader& header);

/// "a zip record WHY"
tl::unexpected<Error> zip_malformed(std::string_view why);

}  // namespace hallmark::manifest

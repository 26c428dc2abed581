#include "manifest/archive_zip_record.h"

#include <algorithm>
#include <array>

#include <fmt/core.h>

namespace hallmark::manifest {
namespace {

constexpr std::uint16_t kZip64 = 0x0001;
constexpr std::uint16_t kUnicodePath = 0x7075;
constexpr std::uint16_t kAesEncryption = 0x9901;
constexpr std::uint16_t kStrongEncryption = 0x0017;

// PKWARE Unix, ASi Unix and an experiment of libarchive: a type and a link's target.
constexpr std::array<std::uint16_t, 3> kOtherTypes = {0x000d, 0x756e, 0x6c78};

// 4.5.3: the numbers that do not fit into the header, in this order.
Result<void> apply_zip64(ByteView field, ZipHeader& header) {
  LittleEndianReader reader(field);
  for (std::uint64_t* number : {&header.unpacked, &header.packed, &header.offset}) {
    if (*number != kZipUnknown32) continue;
    if (reader.left() < 8) return zip_malformed("has a zip64 field that is too short");
    *number = reader.u64();
    if (*number >> 63U != 0) return zip_malformed("has a zip64 number that is too large");
  }
  return {};
}

// 4.6.9: the name again, as UTF-8.
Result<void> check_unicode_path(ByteView field, const ZipHeader& header) {
  constexpr std::size_t kBefore = 5;  // version and checksum
  if (field.size() >= kBefore && text_of(field.subspan(kBefore)) == header.name) return {};
  return zip_malformed("has two names");
}

Result<void> apply_field(std::uint16_t id, ByteView field, ZipHeader& header) {
  if (id == kZip64) return apply_zip64(field, header);
  if (id == kUnicodePath) return check_unicode_path(field, header);
  if (id == kAesEncryption || id == kStrongEncryption) {
    return fail(Code::kArchiveEncrypted, "the member is encrypted");
  }
  if (std::find(kOtherTypes.begin(), kOtherTypes.end(), id) != kOtherTypes.end()) {
    return fail(Code::kArchiveUnsupported,
                fmt::format("the member has the extra field {:#06x}, which is not read", id));
  }
  return {};
}

}  // namespace

tl::unexpected<Error> zip_malformed(std::string_view why) {
  return fail(Code::kArchiveMalformed, fmt::format("a zip record {}", why));
}

Result<void> apply_zip_extra(ByteView extra, ZipHeader& header) {
  bool has_zip64 = false;
  while (!extra.empty()) {
    if (extra.size() < 4) return zip_malformed("has an extra field that is cut off");
    LittleEndianReader reader(extra);
    const std::uint16_t id = reader.u16();
    const std::size_t size = reader.u16();
    extra = extra.subspan(4);
    if (size > extra.size()) return zip_malformed("has an extra field that is cut off");
    if (id == kZip64 && has_zip64) return zip_malformed("has two zip64 fields");
    has_zip64 = has_zip64 || id == kZip64;
    HALLMARK_TRY(apply_field(id, extra.first(size), header));
    extra = extra.subspan(size);
  }
  return {};
}

}  // namespace hallmark::manifest

// members | central directory | zip64 end record | zip64 locator | end record and comment
//
// The two in the middle are there only when a number does not fit. Other programs search for the
// end record from the end of the file, so there must be one place only at which it can be found.

#include "manifest/archive_zip_end.h"

#include <algorithm>
#include <array>
#include <vector>

#include "manifest/archive_zip_record.h"

namespace hallmark::manifest {
namespace {

constexpr std::uint32_t kZip64Locator = 0x07064b50;
constexpr std::uint32_t kZip64EndRecord = 0x06064b50;
constexpr std::string_view kEndSignature = "PK\x05\x06";
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kLocatorSize = 20;
constexpr std::size_t kZip64EndSize = 56;
constexpr std::size_t kLongestComment = 0xffff;

// Everything behind the members, as far as it can matter.
struct Tail {
  std::vector<std::uint8_t> bytes;
  std::uint64_t offset = 0;  // of the first of them
};

Result<Tail> read_tail(ArchiveSource& source) {
  constexpr std::uint64_t kMost = kEndSize + kLongestComment + kLocatorSize + kZip64EndSize;
  const std::uint64_t size = std::min(source.size(), kMost);
  Tail tail{std::vector<std::uint8_t>(static_cast<std::size_t>(size)), source.size() - size};
  HALLMARK_ASSIGN_OR_RETURN(const std::size_t count, source.read_at(tail.offset, tail.bytes));
  if (count != size) return fail(Code::kArchiveTruncated, "the zip archive became shorter");
  return tail;
}

tl::unexpected<Error> no_end_record(ArchiveSource& source) {
  std::array<std::uint8_t, 4> first{};
  const auto count = source.read_at(0, first);
  const bool begins_well =
      count && *count == first.size() && LittleEndianReader(first).u32() == kZipLocalHeader;
  if (begins_well) return fail(Code::kArchiveTruncated, "the zip archive has no end record");
  return fail(Code::kArchiveMalformed, "expected a zip archive, found something else");
}

// The end record's place in the tail: where it is found last.
Result<std::size_t> find_end_record(const Tail& tail, ArchiveSource& source) {
  const std::string_view text = text_of(tail.bytes);
  const std::size_t place = text.rfind(kEndSignature);
  if (place == std::string_view::npos) return no_end_record(source);
  if (text.size() - place < kEndSize) {
    return fail(Code::kArchiveTruncated, "the end record of the zip archive is cut off");
  }
  LittleEndianReader reader(ByteView(tail.bytes).subspan(place + kEndSize - 2));
  const std::size_t comment = reader.u16();
  const std::size_t rest = text.size() - place - kEndSize;
  if (comment > rest) return fail(Code::kArchiveTruncated, "the zip archive's comment is cut off");
  if (comment < rest) {
    return fail(Code::kArchiveTrailingData, "something follows the end record of the zip archive");
  }
  return place;
}

tl::unexpected<Error> several_disks() {
  return fail(Code::kArchiveUnsupported, "a zip archive of several volumes is not read");
}

struct EndRecord {
  std::uint16_t disk = 0;
  std::uint16_t directory_disk = 0;
  std::uint16_t members_here = 0;
  std::uint16_t members = 0;
  std::uint32_t size = 0;
  std::uint32_t offset = 0;
};

EndRecord decode_end_record(ByteView bytes) {
  LittleEndianReader reader(bytes);
  reader.skip(4);
  EndRecord end;
  end.disk = reader.u16();
  end.directory_disk = reader.u16();
  end.members_here = reader.u16();
  end.members = reader.u16();
  end.size = reader.u32();
  end.offset = reader.u32();
  return end;
}

// Whether a number of the end record is that of the zip64 record, or not given.
template <typename Number>
bool agrees(Number number, std::uint64_t wide, Number unknown) {
  return number == unknown || number == wide;
}

// `place` is that of the locator in the tail.
Result<ZipEnd> read_zip64_end(const Tail& tail, std::size_t place, const EndRecord& end) {
  LittleEndianReader locator(ByteView(tail.bytes).subspan(place));
  locator.skip(4);
  const std::uint32_t disk = locator.u32();
  const std::uint64_t offset = locator.u64();
  if (disk != 0 || locator.u32() > 1) return several_disks();
  if (place < kZip64EndSize || offset != tail.offset + place - kZip64EndSize) {
    return zip_malformed("of zip64 is not right before its locator");
  }
  LittleEndianReader record(ByteView(tail.bytes).subspan(place - kZip64EndSize));
  if (record.u32() != kZip64EndRecord || record.u64() != kZip64EndSize - 12) {
    return zip_malformed("of zip64 is not where its locator says");
  }
  record.skip(4);  // versions
  if (record.u32() != 0 || record.u32() != 0) return several_disks();
  const std::uint64_t members_here = record.u64();
  ZipEnd wide;
  wide.members = record.u64();
  wide.size = record.u64();
  wide.offset = record.u64();
  if (members_here != wide.members) return several_disks();
  if (!agrees(end.members, wide.members, kZipUnknown16) ||
      !agrees(end.size, wide.size, kZipUnknown32) ||
      !agrees(end.offset, wide.offset, kZipUnknown32)) {
    return zip_malformed("of zip64 and the end record differ");
  }
  return wide;
}

}  // namespace

Result<ZipEnd> read_zip_end(ArchiveSource& source) {
  HALLMARK_ASSIGN_OR_RETURN(const Tail tail, read_tail(source));
  HALLMARK_ASSIGN_OR_RETURN(std::size_t place, find_end_record(tail, source));
  const EndRecord end = decode_end_record(ByteView(tail.bytes).subspan(place));
  const auto is_one_disk = [](std::uint16_t disk) { return disk == 0 || disk == kZipUnknown16; };
  if (!is_one_disk(end.disk) || !is_one_disk(end.directory_disk) ||
      end.members_here != end.members) {
    return several_disks();
  }
  ZipEnd result{end.members, end.size, end.offset};
  const std::size_t locator = place - std::min(place, kLocatorSize);
  if (place >= kLocatorSize &&
      LittleEndianReader(ByteView(tail.bytes).subspan(locator)).u32() == kZip64Locator) {
    HALLMARK_ASSIGN_OR_RETURN(result, read_zip64_end(tail, locator, end));
    place = locator - kZip64EndSize;
  }
  const std::uint64_t directory_end = tail.offset + place;
  if (result.size > directory_end || result.offset != directory_end - result.size) {
    return zip_malformed("of the directory's end does not say where the directory is");
  }
  return result;
}

}  // namespace hallmark::manifest

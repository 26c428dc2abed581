// A zip archive tells of each member twice: before its data and in the directory at the end. Some
// programs believe the one and some the other, and what neither mentions can lie in between. So the
// members have to fill the archive from its first byte up to the directory, without gap or overlap,
// and both headers have to agree.

#include "manifest/archive_zip.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "manifest/archive_zip_directory.h"
#include "manifest/archive_zip_record.h"

namespace hallmark::manifest {
namespace {

constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;

// zlib's decompressor for data without a header.
class Inflater {
 public:
  Inflater() { HALLMARK_CHECK(inflateInit2(&zlib_, -MAX_WBITS) == Z_OK); }
  ~Inflater() { inflateEnd(&zlib_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  void start() {
    HALLMARK_CHECK(inflateReset(&zlib_) == Z_OK);
    ended_ = false;
  }

  [[nodiscard]] bool ended() const { return ended_; }

  /// Uses up bytes of `packed` and gives as many as fit into `buffer`.
  Result<std::size_t> next(ByteView& packed, std::span<std::uint8_t> buffer) {
    zlib_.next_in = packed.data();
    zlib_.avail_in = static_cast<uInt>(packed.size());
    zlib_.next_out = buffer.data();
    zlib_.avail_out = static_cast<uInt>(buffer.size());
    const int status = ::inflate(&zlib_, Z_NO_FLUSH);
    ended_ = status == Z_STREAM_END;
    if (!ended_ && status != Z_OK && status != Z_BUF_ERROR) {
      return fail(Code::kArchiveMalformed,
                  fmt::format("the compressed data is refused: {}",
                              zlib_.msg != nullptr ? zlib_.msg : "no memory"));
    }
    packed = packed.last(zlib_.avail_in);
    return buffer.size() - zlib_.avail_out;
  }

 private:
  z_stream zlib_{};
  bool ended_ = false;
};

// Receives what a member unpacks to.
class MemberBytes {
 public:
  MemberBytes(const ZipHeader& header, UnpackingAllowance& allowance, ArchiveMembers* file)
      : header_(header), allowance_(allowance), file_(file) {}

  Result<void> add(ByteView piece) {
    HALLMARK_TRY(allowance_.spend(piece.size()));
    if (piece.size() > header_.unpacked - count_) {
      return fail(Code::kArchiveMalformed, "the member is longer than its header says");
    }
    count_ += piece.size();
    crc_ = ::crc32_z(crc_, piece.data(), piece.size());
    return file_ != nullptr ? file_->add_bytes(piece) : Result<void>();
  }

  [[nodiscard]] Result<void> check_complete() const {
    if (count_ != header_.unpacked) {
      return fail(Code::kArchiveMalformed, "the member is shorter than its header says");
    }
    if (crc_ != header_.crc) {
      return fail(Code::kArchiveChecksumMismatch, "the checksum of the member is wrong");
    }
    return {};
  }

 private:
  const ZipHeader& header_;
  UnpackingAllowance& allowance_;
  ArchiveMembers* file_;  // null for a directory
  std::uint64_t count_ = 0;
  uLong crc_ = 0;
};

class ZipReader {
 public:
  ZipReader(ArchiveSource& source, UnpackingAllowance& allowance, ArchiveMembers& members)
      : source_(source),
        allowance_(allowance),
        members_(members),
        packed_(kArchiveBuffer),
        unpacked_(kArchiveBuffer) {}

  Result<void> run(const ZipDirectory& directory) {
    std::uint64_t place = 0;
    for (std::size_t i = 0; i < directory.members.size(); ++i) {
      const ZipMember& member = directory.members[i];
      const std::uint64_t end = i + 1 < directory.members.size()
                                    ? directory.members[i + 1].header.offset
                                    : directory.start;
      auto read = member.header.offset == place && end > place && end <= directory.start
                      ? read_member(member, end)
                      : Result<void>(zip_malformed("leaves a gap or overlaps another one"));
      if (!read) {
        return fail(std::move(read.error()).within(base::escape_for_display(member.header.name)));
      }
      place = end;
    }
    if (place != directory.start) return zip_malformed("of the directory has a gap before it");
    return {};
  }

 private:
  Result<void> read_member(const ZipMember& member, std::uint64_t end) {
    HALLMARK_ASSIGN_OR_RETURN(const std::uint64_t start, check_local_header(member.header));
    if (start > end || member.header.packed > end - start) {
      return zip_malformed("leaves no room for its data");
    }
    if (member.is_directory) {
      HALLMARK_TRY(members_.add_directory(member.header.name));
      if (member.header.unpacked != 0) return zip_malformed("of a directory has contents");
    } else {
      HALLMARK_TRY(members_.begin_file(member.header.name));
    }
    MemberBytes bytes(member.header, allowance_, member.is_directory ? nullptr : &members_);
    HALLMARK_TRY(read_data(member.header, start, bytes));
    HALLMARK_TRY(bytes.check_complete());
    HALLMARK_TRY(check_descriptor(member.header, start + member.header.packed, end));
    return member.is_directory ? Result<void>() : members_.end_file();
  }

  Result<void> read_exactly(std::uint64_t offset, std::span<std::uint8_t> bytes) {
    HALLMARK_ASSIGN_OR_RETURN(const std::size_t count, source_.read_at(offset, bytes));
    if (count == bytes.size()) return {};
    return fail(Code::kArchiveTruncated, "the zip archive ends too early");
  }

  // Gives the place of the member's data.
  Result<std::uint64_t> check_local_header(const ZipHeader& central) {
    std::array<std::uint8_t, kZipLocalSize> fixed{};
    HALLMARK_TRY(read_exactly(central.offset, fixed));
    LittleEndianReader reader(fixed);
    if (reader.u32() != kZipLocalHeader) return zip_malformed("is not where the directory says");
    reader.skip(2);  // version
    ZipHeader local;
    local.flags = reader.u16();
    local.method = reader.u16();
    reader.skip(4);  // time and date
    local.crc = reader.u32();
    local.packed = reader.u32();
    local.unpacked = reader.u32();
    const std::size_t name_size = reader.u16();
    const std::size_t extra_size = reader.u16();
    const std::span<std::uint8_t> rest = std::span(packed_).first(name_size + extra_size);
    HALLMARK_TRY(read_exactly(central.offset + kZipLocalSize, rest));
    local.name = text_of(rest.first(name_size));
    HALLMARK_TRY(apply_zip_extra(rest.subspan(name_size), local));
    HALLMARK_TRY(check_agreement(local, central));
    return central.offset + kZipLocalSize + rest.size();
  }

  static Result<void> check_agreement(const ZipHeader& local, const ZipHeader& central) {
    constexpr unsigned kMeaning = kZipEncrypted | kZipHasDescriptor | kZipPatch |
                                  kZipStronglyEncrypted | kZipUtf8 | kZipMasked;
    // The numbers may follow the data instead.
    const bool later = (central.flags & kZipHasDescriptor) != 0;
    const auto same = [later](std::uint64_t here, std::uint64_t there) {
      return here == there || (later && here == 0);
    };
    const bool agree = local.name == central.name && local.method == central.method &&
                       ((local.flags ^ central.flags) & kMeaning) == 0 &&
                       same(local.crc, central.crc) && same(local.packed, central.packed) &&
                       same(local.unpacked, central.unpacked);
    return agree ? Result<void>() : zip_malformed("and its counterpart in the directory differ");
  }

  Result<void> read_data(const ZipHeader& header, std::uint64_t start, MemberBytes& bytes) {
    SourceStream stream(source_, start, start + header.packed);
    if (header.method == kStored) return read_stored(stream, header, bytes);
    if (header.method == kDeflated) return read_deflated(stream, header, bytes);
    return fail(Code::kArchiveUnsupported,
                fmt::format("the compression method {} is not read", header.method));
  }

  Result<void> read_stored(SourceStream& stream, const ZipHeader& header, MemberBytes& bytes) {
    if (header.packed != header.unpacked) return zip_malformed("has two sizes for stored data");
    // Who reads from a pipe has to look for the descriptor, and would find one in the contents.
    if ((header.flags & kZipHasDescriptor) != 0 && header.unpacked != 0) {
      return fail(Code::kArchiveUnsupported,
                  "stored data whose size follows it has no certain end, and is not read");
    }
    for (;;) {
      HALLMARK_ASSIGN_OR_RETURN(const std::size_t count, stream.read(packed_));
      if (count == 0) return {};
      HALLMARK_TRY(bytes.add(ByteView(packed_).first(count)));
    }
  }

  Result<void> read_deflated(SourceStream& stream, const ZipHeader& header, MemberBytes& bytes) {
    inflater_.start();
    std::uint64_t used = 0;
    while (!inflater_.ended()) {
      HALLMARK_ASSIGN_OR_RETURN(const std::size_t count, stream.read(packed_));
      if (count == 0) return fail(Code::kArchiveMalformed, "the compressed data is cut off");
      ByteView packed = ByteView(packed_).first(count);
      HALLMARK_TRY(inflate_all(packed, bytes));
      used += count - packed.size();
    }
    if (used == header.packed) return {};
    return fail(Code::kArchiveMalformed, "something follows the compressed data");
  }

  // Until the input is used up or the data ends.
  Result<void> inflate_all(ByteView& packed, MemberBytes& bytes) {
    for (bool is_full = true; !inflater_.ended() && (is_full || !packed.empty());) {
      HALLMARK_ASSIGN_OR_RETURN(const std::size_t count, inflater_.next(packed, unpacked_));
      HALLMARK_TRY(bytes.add(ByteView(unpacked_).first(count)));
      is_full = count == unpacked_.size();
    }
    return {};
  }

  // 4.3.9: with or without a signature, sizes of 4 or 8 bytes; the room for it tells which.
  Result<void> check_descriptor(const ZipHeader& header, std::uint64_t place, std::uint64_t end) {
    const std::uint64_t room = end - place;
    if ((header.flags & kZipHasDescriptor) == 0) {
      return room == 0 ? Result<void>() : zip_malformed("leaves a gap after its data");
    }
    if (room != 12 && room != 16 && room != 20 && room != 24) {
      return zip_malformed("has a data descriptor of another size");
    }
    const std::span<std::uint8_t> bytes = std::span(packed_).first(static_cast<std::size_t>(room));
    HALLMARK_TRY(read_exactly(place, bytes));
    LittleEndianReader reader(bytes);
    const bool has_signature = room == 16 || room == 24;
    const bool is_wide = room >= 20;
    const auto size = [&] { return is_wide ? reader.u64() : reader.u32(); };
    const bool signature_is_right = !has_signature || reader.u32() == kZipDescriptor;
    const bool crc_is_right = reader.u32() == header.crc;
    const bool packed_is_right = size() == header.packed;
    if (signature_is_right && crc_is_right && packed_is_right && size() == header.unpacked) {
      return {};
    }
    return zip_malformed("has a data descriptor that differs from the directory");
  }

  ArchiveSource& source_;
  UnpackingAllowance& allowance_;
  ArchiveMembers& members_;
  Inflater inflater_;
  std::vector<std::uint8_t> packed_;
  std::vector<std::uint8_t> unpacked_;
};

}  // namespace

Result<void> read_zip(ArchiveSource& source, const ArchiveLimits& limits,
                      UnpackingAllowance& allowance, ArchiveMembers& members) {
  HALLMARK_ASSIGN_OR_RETURN(const ZipDirectory directory, read_zip_directory(source, limits));
  return ZipReader(source, allowance, members).run(directory);
}

}  // namespace hallmark::manifest

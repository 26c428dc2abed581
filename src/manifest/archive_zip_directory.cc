#include "manifest/archive_zip_directory.h"

#include <algorithm>
#include <optional>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "manifest/archive_stream.h"
#include "manifest/archive_zip_end.h"

namespace hallmark::manifest {
namespace {

// The upper half of the external attributes is what stat gives, in archives made on Unix.
constexpr std::uint32_t kTypeMask = 0170000;
constexpr std::uint32_t kRegular = 0100000;
constexpr std::uint32_t kDirectory = 0040000;
constexpr std::uint32_t kSymlink = 0120000;
constexpr std::uint32_t kDosDirectory = 0x10;
constexpr std::uint32_t kDosVolumeLabel = 0x08;

// Whether the member is a directory: its name says so, and its attributes must not say otherwise.
Result<bool> type_of(std::string_view name, std::uint32_t attributes) {
  const std::uint32_t type = attributes >> 16U & kTypeMask;
  const bool is_directory = name.ends_with('/');
  if (type == kSymlink) return fail(Code::kArchiveLink, "the member is a symbolic link");
  if (type != 0 && type != kRegular && type != kDirectory) {
    return fail(Code::kSpecialFile, "the member is a device or pipe");
  }
  // Info-ZIP unpacks none, whatever else the member is.
  if ((attributes & kDosVolumeLabel) != 0) {
    return fail(Code::kSpecialFile, "the member is the label of a volume");
  }
  const bool says_directory = type == kDirectory || (attributes & kDosDirectory) != 0;
  if (is_directory ? type == kRegular : says_directory) {
    return zip_malformed("is one of a file and of a directory at once");
  }
  return is_directory;
}

// Why programs unpack a member under different names, or nothing. Info-ZIP leaves control
// characters out, and from the end of a file's name what looks like a version of VMS: "a;1" becomes
// "a".
std::optional<std::string_view> ambiguity_of(std::string_view name) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; };
  if (name.find('\\') != std::string_view::npos) {
    return "a backslash, which some programs take for a slash";
  }
  if (std::any_of(name.begin(), name.end(), is_control)) {
    return "a control character, which some programs leave out";
  }
  const std::size_t digits = name.find_last_not_of("0123456789");
  if (digits != std::string_view::npos && name[digits] == ';') {
    return "a version at its end, which some programs leave out";
  }
  return std::nullopt;
}

Result<void> check_readable(const ZipHeader& header) {
  if ((header.flags & (kZipEncrypted | kZipStronglyEncrypted | kZipMasked)) != 0) {
    return fail(Code::kArchiveEncrypted, "the member is encrypted");
  }
  if ((header.flags & kZipPatch) != 0) {
    return fail(Code::kArchiveUnsupported, "the member is a patch, which is not read");
  }
  if (const auto ambiguity = ambiguity_of(header.name)) {
    return fail(
        Code::kArchiveNameInvalid,
        fmt::format("the name '{}' has {}", base::escape_for_display(header.name), *ambiguity));
  }
  return {};
}

class DirectoryReader {
 public:
  DirectoryReader(ArchiveSource& source, const ZipEnd& end)
      : stream_(source, end.offset, end.offset + end.size), left_(end.size), buffer_(kBuffer) {}

  [[nodiscard]] bool at_end() const { return left_ == 0 && unused_.empty(); }

  Result<ZipMember> read_member() {
    HALLMARK_ASSIGN_OR_RETURN(const ByteView fixed, take(kZipCentralSize));
    LittleEndianReader reader(fixed);
    if (reader.u32() != kZipCentralHeader) return zip_malformed("is not one of the directory");
    ZipMember member;
    ZipHeader& header = member.header;
    reader.skip(4);  // versions
    header.flags = reader.u16();
    header.method = reader.u16();
    reader.skip(4);  // time and date
    header.crc = reader.u32();
    header.packed = reader.u32();
    header.unpacked = reader.u32();
    const std::size_t name_size = reader.u16();
    const std::size_t extra_size = reader.u16();
    const std::size_t comment_size = reader.u16();
    const std::uint16_t disk = reader.u16();
    reader.skip(2);  // internal attributes
    const std::uint32_t attributes = reader.u32();
    header.offset = reader.u32();
    HALLMARK_ASSIGN_OR_RETURN(const ByteView rest, take(name_size + extra_size + comment_size));
    header.name = text_of(rest.first(name_size));
    HALLMARK_TRY(
        in_member(header, check_member(rest.subspan(name_size, extra_size), disk, header)));
    auto is_directory = type_of(header.name, attributes);
    if (is_directory) member.is_directory = *is_directory;
    HALLMARK_TRY(in_member(header, std::move(is_directory)));
    return member;
  }

 private:
  static constexpr std::size_t kBuffer = std::size_t{256} << 10;  // larger than any record

  static Result<void> check_member(ByteView extra, std::uint16_t disk, ZipHeader& header) {
    if (disk != 0 && disk != kZipUnknown16) {
      return fail(Code::kArchiveUnsupported, "the member is in another volume");
    }
    HALLMARK_TRY(apply_zip_extra(extra, header));
    return check_readable(header);
  }

  template <typename T>
  static Result<void> in_member(const ZipHeader& header, Result<T> result) {
    if (result) return {};
    return fail(std::move(result.error()).within(base::escape_for_display(header.name)));
  }

  // The next bytes of the directory; they are there until the next call.
  Result<ByteView> take(std::size_t count) {
    if (unused_.size() < count) HALLMARK_TRY(refill());
    if (unused_.size() < count) return zip_malformed("of the directory is cut off");
    const ByteView taken = unused_.first(count);
    unused_ = unused_.subspan(count);
    return taken;
  }

  Result<void> refill() {
    std::copy(unused_.begin(), unused_.end(), buffer_.begin());
    const std::span<std::uint8_t> room = std::span(buffer_).subspan(unused_.size());
    HALLMARK_ASSIGN_OR_RETURN(const std::size_t count, stream_.read(room));
    left_ -= count;
    unused_ = ByteView(buffer_).first(unused_.size() + count);
    return {};
  }

  SourceStream stream_;
  std::uint64_t left_;  // bytes that the buffer has not seen
  std::vector<std::uint8_t> buffer_;
  ByteView unused_;
};

}  // namespace

Result<ZipDirectory> read_zip_directory(ArchiveSource& source, const ArchiveLimits& limits) {
  HALLMARK_ASSIGN_OR_RETURN(const ZipEnd end, read_zip_end(source));
  if (end.members > limits.max_members) {
    return fail(Code::kLimitExceeded, fmt::format("expected at most {} members, found {}",
                                                  limits.max_members, end.members));
  }
  ZipDirectory directory;
  directory.start = end.offset;
  DirectoryReader reader(source, end);
  std::size_t name_bytes = 0;
  for (std::uint64_t i = 0; i < end.members; ++i) {
    HALLMARK_ASSIGN_OR_RETURN(ZipMember member, reader.read_member());
    name_bytes += member.header.name.size();
    if (name_bytes > limits.max_name_bytes) {
      return fail(Code::kLimitExceeded, fmt::format("the archive has more than {} bytes of names",
                                                    limits.max_name_bytes));
    }
    directory.members.push_back(std::move(member));
  }
  if (!reader.at_end()) return zip_malformed("of the directory is one too many");
  std::sort(
      directory.members.begin(), directory.members.end(),
      [](const ZipMember& a, const ZipMember& b) { return a.header.offset < b.header.offset; });
  return directory;
}

}  // namespace hallmark::manifest

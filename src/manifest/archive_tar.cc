#include "manifest/archive_tar.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "manifest/archive_pax.h"
#include "manifest/archive_tar_header.h"

namespace hallmark::manifest {
namespace {

// A pax header or a long name; attributes can make the former large.
constexpr std::uint64_t kLargestExtension = std::uint64_t{1} << 20;

// What the field of the size can hold; some put it there when the size does not fit.
constexpr std::uint64_t kLargestOctalSize = (std::uint64_t{1} << 33U) - 1;

tl::unexpected<Error> malformed(std::string_view why) {
  return fail(Code::kArchiveMalformed, fmt::format("a tar header {}", why));
}

bool is_zero(ByteView bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t b) { return b == 0; });
}

// What headers said of the member that follows them.
struct Pending {
  std::optional<PaxHeader> pax;
  std::optional<std::string> long_name;
  bool has_long_link = false;

  [[nodiscard]] bool empty() const { return !pax && !long_name && !has_long_link; }
};

class TarReader {
 public:
  TarReader(ByteStream& stream, ArchiveMembers& members)
      : stream_(stream), members_(members), buffer_(kArchiveBuffer) {}

  Result<void> run() {
    for (;;) {
      TarBlock block{};
      HALLMARK_TRY(read_exactly(block));
      if (is_zero(block)) break;
      HALLMARK_ASSIGN_OR_RETURN(const TarHeader header, decode_tar_header(block));
      HALLMARK_TRY(read_entry(header));
    }
    if (!pending_.empty()) return malformed("is followed by no member");
    return check_end();
  }

 private:
  Result<void> read_exactly(std::span<std::uint8_t> bytes) {
    HALLMARK_ASSIGN_OR_RETURN(const std::size_t count, stream_.read(bytes));
    if (count == bytes.size()) return {};
    return fail(Code::kArchiveTruncated, "the tar archive ends before its end mark");
  }

  Result<void> skip_padding(std::uint64_t size) {
    const auto used = static_cast<std::size_t>(size % kTarBlock);
    return used == 0 ? Result<void>() : read_exactly(std::span(buffer_).first(kTarBlock - used));
  }

  Result<void> read_entry(const TarHeader& header) {
    switch (header.type) {
      case 'x':
        return read_pax(header);
      case 'g':
        return read_global_pax(header);
      case 'L':
        return read_long_name(header);
      case 'K':
        return read_long_link(header);
      default:
        return read_member(header);
    }
  }

  Result<std::string> read_extension(const TarHeader& header) {
    if (header.size > kLargestExtension) {
      return fail(Code::kLimitExceeded,
                  fmt::format("expected a pax header or long name of at most {} bytes, found {}",
                              kLargestExtension, header.size));
    }
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(header.size));
    HALLMARK_TRY(read_exactly(bytes));
    HALLMARK_TRY(skip_padding(header.size));
    return std::string(text_of(bytes));
  }

  Result<void> read_pax(const TarHeader& header) {
    if (pending_.pax) return malformed("of pax follows another one");
    HALLMARK_ASSIGN_OR_RETURN(const std::string text, read_extension(header));
    HALLMARK_ASSIGN_OR_RETURN(pending_.pax, parse_pax_header(text));
    return {};
  }

  // Some programs give the path of such a header to every member, and others to none.
  Result<void> read_global_pax(const TarHeader& header) {
    if (!pending_.empty())
      return malformed("for all members stands between a member and its own header");
    HALLMARK_ASSIGN_OR_RETURN(const std::string text, read_extension(header));
    HALLMARK_ASSIGN_OR_RETURN(const PaxHeader pax, parse_pax_header(text));
    if (!pax.path && !pax.size && !pax.has_link) return {};
    return malformed("for all members has a path, link or size");
  }

  Result<void> read_long_name(const TarHeader& header) {
    if (pending_.long_name) return malformed("of a long name follows another one");
    HALLMARK_ASSIGN_OR_RETURN(std::string name, read_extension(header));
    if (name.ends_with('\0')) name.pop_back();
    if (name.empty() || name.find('\0') != std::string::npos) {
      return malformed("has a long name that is none");
    }
    pending_.long_name = std::move(name);
    return {};
  }

  Result<void> read_long_link(const TarHeader& header) {
    if (pending_.has_long_link) return malformed("of a long link follows another one");
    HALLMARK_TRY(read_extension(header));
    pending_.has_long_link = true;
    return {};
  }

  Result<void> read_member(TarHeader header) {
    const Pending pending = std::exchange(pending_, {});
    if (pending.long_name) header.name = *pending.long_name;
    if (pending.pax && pending.pax->path) {
      if (pending.long_name) return malformed("has a long name and a path of pax");
      header.name = *pending.pax->path;
    }
    if (pending.pax && pending.pax->size) {
      // Programs that do not know of it go by the other one.
      const bool is_left_to_pax = header.size == 0 || header.size == kLargestOctalSize;
      if (!is_left_to_pax && header.size != *pending.pax->size) return malformed("has two sizes");
      header.size = *pending.pax->size;
    }
    auto read = read_by_type(header);
    if (read) return read;
    return fail(std::move(read.error()).within(base::escape_for_display(header.name)));
  }

  Result<void> read_by_type(const TarHeader& header) {
    switch (header.type) {
      case '0':
        return read_file(header);
      case '5':
        if (header.size != 0) return malformed("of a directory has a size");
        return members_.add_directory(header.name);
      case '1':
        return fail(Code::kArchiveLink, "the member is a hard link");
      case '2':
        return fail(Code::kArchiveLink, "the member is a symbolic link");
      case '3':
      case '4':
      case '6':
        return fail(Code::kSpecialFile, "the member is a device or pipe");
      case 'S':
        return fail(Code::kArchiveUnsupported, "the member is a sparse file, which is not read");
      default:
        return fail(Code::kArchiveUnsupported,
                    fmt::format("the member is of type '{}', which is not read",
                                base::escape_for_display(std::string(1, header.type))));
    }
  }

  Result<void> read_file(const TarHeader& header) {
    HALLMARK_TRY(members_.begin_file(header.name));
    for (std::uint64_t left = header.size; left > 0;) {
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer_.size()));
      const std::span<std::uint8_t> piece = std::span(buffer_).first(count);
      HALLMARK_TRY(read_exactly(piece));
      HALLMARK_TRY(members_.add_bytes(piece));
      left -= count;
    }
    HALLMARK_TRY(skip_padding(header.size));
    return members_.end_file();
  }

  // After one block of zeros there must be another one, and then only zeros, with which archives
  // are filled up.
  Result<void> check_end() {
    HALLMARK_TRY(read_exactly(std::span(buffer_).first(kTarBlock)));
    for (std::size_t count = kTarBlock; count > 0;) {
      if (!is_zero(ByteView(buffer_).first(count))) {
        return fail(Code::kArchiveTrailingData,
                    "something follows the end mark of the tar archive");
      }
      HALLMARK_ASSIGN_OR_RETURN(count, stream_.read(buffer_));
    }
    return {};
  }

  ByteStream& stream_;
  ArchiveMembers& members_;
  std::vector<std::uint8_t> buffer_;
  Pending pending_;
};

}  // namespace

Result<void> read_tar(ByteStream& stream, ArchiveMembers& members) {
  return TarReader(stream, members).run();
}

}  // namespace hallmark::manifest

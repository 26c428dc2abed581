// A block of 512 bytes with fields at fixed places:
//
//   0 name 100 | 100 mode 8 | 108 owner 8 | 116 group 8 | 124 size 12 | 136 mtime 12
//   148 checksum 8 | 156 type | 157 link name 100 | 257 magic 8 | 329 device 8 + 8
//   345 prefix 155, of ustar alone

#include "manifest/archive_tar_header.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <string_view>

#include <fmt/core.h>

#include "hallmark/base/bytes.h"

namespace hallmark::manifest {
namespace {

struct Field {
  std::size_t offset;
  std::size_t size;
};

constexpr Field kName{0, 100};
constexpr Field kSize{124, 12};
constexpr Field kChecksum{148, 8};
constexpr std::size_t kType = 156;
constexpr Field kMagic{257, 8};
constexpr Field kPrefix{345, 155};

// Mode, owner, group, mtime, major and minor device: nothing to the verdict.
constexpr std::array<Field, 6> kOtherNumbers = {
    {{100, 8}, {108, 8}, {116, 8}, {136, 12}, {329, 8}, {337, 8}}};

constexpr std::string_view kUstar{"ustar\00000", 8};
constexpr std::string_view kGnu{"ustar  \0", 8};

std::string_view text_in(const TarBlock& block, Field field) {
  return text_of(ByteView(block).subspan(field.offset, field.size));
}

// Up to the first NUL, or the whole field.
std::string_view name_in(const TarBlock& block, Field field) {
  const std::string_view text = text_in(block, field);
  return text.substr(0, text.find('\0'));
}

// Digits, perhaps after blanks, then nothing but blanks and NUL. No digits are zero.
std::optional<std::uint64_t> parse_octal(std::string_view text) {
  constexpr std::string_view kDigits = "01234567";
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  const std::size_t end = std::min(text.find_first_not_of(kDigits), text.size());
  const std::string_view rest = text.substr(end);
  if (rest.find_first_not_of(std::string_view(" \0", 2)) != std::string_view::npos) {
    return std::nullopt;
  }
  std::uint64_t number = 0;  // at most 12 digits: 36 bits
  for (const char digit : text.substr(0, end)) {
    number = number * 8 + static_cast<std::uint64_t>(digit - '0');
  }
  return number;
}

// GNU tar, in fields of 12 bytes: the first byte 0x80, then a big-endian number. Below 2^63.
std::optional<std::uint64_t> parse_binary(std::string_view text) {
  HALLMARK_CHECK(text.size() > 8);
  const ByteView bytes = bytes_of(text).subspan(1);
  const ByteView high = bytes.first(bytes.size() - 8);
  const bool fits = std::all_of(high.begin(), high.end(), [](std::uint8_t b) { return b == 0; });
  std::uint64_t number = 0;
  for (const std::uint8_t byte : bytes.last(8)) number = number << 8U | byte;
  return fits && number >> 63U == 0 ? std::optional(number) : std::nullopt;
}

std::optional<std::uint64_t> size_in(const TarBlock& block) {
  const std::string_view text = text_in(block, kSize);
  return block[kSize.offset] == 0x80 ? parse_binary(text) : parse_octal(text);
}

// Python's tarfile ends the archive without a word at a header with a number that it cannot read.
bool has_other_numbers(const TarBlock& block) {
  return std::all_of(kOtherNumbers.begin(), kOtherNumbers.end(), [&](Field field) {
    const std::uint8_t first = block[field.offset];
    const bool is_binary = first == 0x80 || first == 0xff;  // or a negative one
    return is_binary || parse_octal(text_in(block, field)).has_value();
  });
}

// The sum of all bytes, those of the field itself counted as blanks.
std::uint64_t checksum_of(const TarBlock& block) {
  TarBlock blanked = block;
  std::fill_n(blanked.begin() + kChecksum.offset, kChecksum.size, std::uint8_t{' '});
  return std::accumulate(blanked.begin(), blanked.end(), std::uint64_t{0});
}

Result<std::string> whole_name(const TarBlock& block) {
  std::string name(name_in(block, kName));
  if (text_in(block, kMagic) == kUstar) {
    const std::string_view prefix = name_in(block, kPrefix);
    return prefix.empty() ? name : fmt::format("{}/{}", prefix, name);
  }
  // GNU tar keeps the parts of a sparse file there, whose type tells it, and in incremental backups
  // times, which other readers take for names.
  const std::string_view unused = text_in(block, kPrefix);
  if (block[kType] == 'S' || unused.find_first_not_of('\0') == std::string_view::npos) return name;
  return fail(Code::kArchiveUnsupported, "a tar header of an incremental backup is not read");
}

}  // namespace

Result<TarHeader> decode_tar_header(const TarBlock& block) {
  const std::string_view magic = text_in(block, kMagic);
  if (magic != kUstar && magic != kGnu) {
    return fail(Code::kArchiveMalformed,
                "expected a tar header of ustar, pax or GNU tar, found something else");
  }
  if (parse_octal(text_in(block, kChecksum)) != checksum_of(block)) {
    return fail(Code::kArchiveChecksumMismatch, "the checksum of a tar header is wrong");
  }
  const auto size = size_in(block);
  if (!size) return fail(Code::kArchiveMalformed, "the size in a tar header is no number");
  if (!has_other_numbers(block)) {
    return fail(Code::kArchiveMalformed,
                "the mode, owner, time or device in a tar header is no number");
  }
  // Before there was a type for them, directories were files with a slash at the end. Python still
  // takes such a member for one when an extended header gives it the name of a file.
  if (block[kType] == 0 && name_in(block, kName).ends_with('/')) {
    return fail(Code::kArchiveMalformed, "a tar header of a file has the name of a directory");
  }
  TarHeader header;
  HALLMARK_ASSIGN_OR_RETURN(header.name, whole_name(block));
  header.type = block[kType] == 0 ? '0' : static_cast<char>(block[kType]);
  header.size = *size;
  return header;
}

}  // namespace hallmark::manifest

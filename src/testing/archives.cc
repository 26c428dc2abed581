#include "testing/archives.h"

#include <algorithm>

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"
#include "testing/result_matchers.h"

namespace hallmark::testing {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kChecksum = 148;

std::string with_checksum(std::string header) {
  header.replace(kChecksum, 8, "        ");
  unsigned sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  return header.replace(kChecksum, 8, fmt::format("{:06o}", sum) + std::string("\0 ", 2));
}

std::string sizes_of(const ZipPart& part, std::uint32_t unknown) {
  if (unknown != 0) return little_endian(unknown, 4) + little_endian(unknown, 4);
  const std::size_t packed = part.packed ? part.packed->size() : part.contents.size();
  return little_endian(packed, 4) + little_endian(part.contents.size(), 4);
}

std::string local_header(const ZipPart& part) {
  const bool later = (part.flags & 8U) != 0;
  const std::uint32_t crc = later ? 0 : part.crc.value_or(crc32_of(part.contents));
  return "PK\x03\x04" + little_endian(20, 2) + little_endian(part.flags, 2) +
         little_endian(part.method, 2) + little_endian(0, 4) + little_endian(crc, 4) +
         (later ? std::string(8, '\0') : sizes_of(part, part.sizes_unknown)) +
         little_endian(part.name.size(), 2) + little_endian(part.extra.size(), 2) + part.name +
         part.extra;
}

std::string central_header(const ZipPart& part, std::size_t offset) {
  const std::string& name = part.central_name.value_or(part.name);
  return "PK\x01\x02" + little_endian(0x031e, 2) + little_endian(20, 2) +
         little_endian(part.flags, 2) + little_endian(part.method, 2) + little_endian(0, 4) +
         little_endian(part.crc.value_or(crc32_of(part.contents)), 4) + sizes_of(part, 0) +
         little_endian(name.size(), 2) + little_endian(part.central_extra.size(), 2) +
         std::string(6, '\0') + little_endian(part.attributes, 4) + little_endian(offset, 4) +
         name + part.central_extra;
}

}  // namespace

Result<std::size_t> ArchiveInMemory::read_at(std::uint64_t offset, std::span<std::uint8_t> buffer) {
  if (offset >= bytes_.size()) return 0;
  const auto start = static_cast<std::size_t>(offset);
  const std::size_t count = std::min(buffer.size(), bytes_.size() - start);
  std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(start), count, buffer.begin());
  return count;
}

std::vector<std::string> with_contents(const Result<manifest::ArchiveContents>& read) {
  EXPECT_THAT(read, IsOk());
  std::vector<std::string> files;
  if (!read) return files;
  for (const manifest::Resource& resource : read->resources) {
    for (const std::string text : {"", "x", "weights"}) {
      const bool is_it =
          resource.digest == hash::hash_bytes(hash::Algorithm::kSha256, bytes_of(text));
      if (is_it) files.push_back(resource.name + "=" + text);
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t place = text.find(from);
  const bool is_one = place != std::string::npos && text.find(from, place + 1) == std::string::npos;
  EXPECT_TRUE(is_one) << from;
  return is_one ? text.replace(place, from.size(), to) : text;
}

std::string tar_header(std::string_view name, std::uint64_t size, char type) {
  std::string header(kBlock, '\0');
  header.replace(0, name.size(), name);
  header.replace(100, 7, "0000644");
  header.replace(124, 11, fmt::format("{:011o}", size));
  header[156] = type;
  header.replace(257, 8, std::string("ustar\00000", 8));
  return with_checksum(std::move(header));
}

std::string tar_header_with(std::string header, std::size_t offset, std::string_view bytes) {
  return with_checksum(header.replace(offset, bytes.size(), bytes));
}

std::string tar_member(std::string_view name, std::string_view contents, char type) {
  return tar_member_after(tar_header(name, contents.size(), type), contents);
}

std::string tar_member_after(const std::string& header, std::string_view contents) {
  const std::size_t padding = (kBlock - contents.size() % kBlock) % kBlock;
  return header + std::string(contents) + std::string(padding, '\0');
}

std::string tar_end() { return std::string(2 * kBlock, '\0'); }

std::string pax_record(std::string_view key, std::string_view value) {
  const std::size_t rest = key.size() + value.size() + 3;
  std::size_t length = rest;
  while (std::to_string(length).size() + rest != length) ++length;
  return fmt::format("{} {}={}\n", length, key, value);
}

std::string deflate_stored(std::string_view contents) {
  const auto size = static_cast<std::uint16_t>(contents.size());
  return "\x01" + little_endian(size, 2) + little_endian(0xffffU - size, 2) + std::string(contents);
}

std::string gzip_stored(std::string_view contents) {
  return std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10) + deflate_stored(contents) +
         little_endian(crc32_of(contents), 4) + little_endian(contents.size(), 4);
}

std::string little_endian(std::uint64_t number, std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(number >> 8 * i & 0xffU);
  return bytes;
}

std::uint32_t crc32_of(std::string_view text) {
  std::uint32_t crc = 0xffffffff;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1U ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
  }
  return ~crc;
}

std::string zip(const std::vector<ZipPart>& parts, const std::string& comment,
                const std::string& before_directory) {
  std::string archive;
  std::string directory;
  for (const ZipPart& part : parts) {
    directory += central_header(part, archive.size());
    archive += local_header(part) + part.packed.value_or(part.contents) + part.descriptor;
  }
  archive += before_directory;
  return archive + directory + "PK\x05\x06" + std::string(4, '\0') +
         little_endian(parts.size(), 2) + little_endian(parts.size(), 2) +
         little_endian(directory.size(), 4) + little_endian(archive.size(), 4) +
         little_endian(comment.size(), 2) + comment;
}

}  // namespace hallmark::testing

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/manifest/archive.h"

// Archives put together byte by byte, right ones and such as no tool would write.

namespace hallmark::testing {

/// An archive in memory.
class ArchiveInMemory final : public manifest::ArchiveSource {
 public:
  explicit ArchiveInMemory(std::string bytes) : bytes_(std::move(bytes)) {}

  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> buffer) override;

 private:
  std::string bytes_;
};

/// The files in an archive, sorted: "name=contents" where these are "", "x" or "weights". Fails the
/// test when it could not be read.
std::vector<std::string> with_contents(const Result<manifest::ArchiveContents>& read);

/// `text` with its one occurrence of `from` replaced; fails the test when there is not one.
std::string replaced(std::string text, std::string_view from, std::string_view to);

// Tar: members one after the other, then `tar_end`.

/// A header of ustar with its checksum.
std::string tar_header(std::string_view name, std::uint64_t size, char type = '0');
/// The header with other bytes at a place, and its checksum set right again.
std::string tar_header_with(std::string header, std::size_t offset, std::string_view bytes);
/// Header, contents, and zeros up to the next block.
std::string tar_member(std::string_view name, std::string_view contents, char type = '0');
/// The same after any header.
std::string tar_member_after(const std::string& header, std::string_view contents);
std::string tar_end();
/// "length key=value\n"
std::string pax_record(std::string_view key, std::string_view value);

/// One member of gzip, not compressed; at most 65535 bytes.
std::string gzip_stored(std::string_view contents);
/// Deflated data, not compressed; at most 65535 bytes.
std::string deflate_stored(std::string_view contents);

/// A member of a zip archive. What is not set is right.
struct ZipPart {
  std::string name;
  std::string contents;
  std::uint16_t method = 0;
  std::uint16_t flags = 0;
  std::uint32_t attributes = 0100644U << 16U;
  std::string extra = {};                                  ///< of the local header
  std::string central_extra = {};                          ///< of the directory
  std::optional<std::string> packed = std::nullopt;        ///< Data, where it is not the contents.
  std::optional<std::string> central_name = std::nullopt;  ///< In the directory.
  std::optional<std::uint32_t> crc = std::nullopt;
  std::uint32_t sizes_unknown = 0;  ///< 0xffffffff: sizes are left to the extra fields.
  std::string descriptor = {};      ///< After the data.
};

std::string little_endian(std::uint64_t number, std::size_t size);
std::uint32_t crc32_of(std::string_view text);
/// A zip archive; `before_directory` stands before the directory.
std::string zip(const std::vector<ZipPart>& parts, const std::string& comment = {},
                const std::string& before_directory = {});

}  // namespace hallmark::testing

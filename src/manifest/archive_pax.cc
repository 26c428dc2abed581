#include "manifest/archive_pax.h"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "hallmark/base/decimal.h"
#include "hallmark/base/utf8.h"

namespace hallmark::manifest {
namespace {

struct Record {
  std::string_view key;
  std::string_view value;
};

// GNU tar skips any number of blanks and tabs before a key, so that " path" is a path to it and a
// key like no other to the rest, and it ends a key at a zero byte.
bool is_plain_key(std::string_view key) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; };
  return !key.empty() && key.front() != ' ' && std::none_of(key.begin(), key.end(), is_control);
}

// Takes "length key=value\n" off the front; the length counts the whole record.
std::optional<Record> take_record(std::string_view& text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const auto length = base::parse_decimal(text.substr(0, blank));
  if (!length || *length <= blank + 1 || *length > text.size()) return std::nullopt;
  std::string_view record = text.substr(0, static_cast<std::size_t>(*length));
  text.remove_prefix(record.size());
  if (!record.ends_with('\n')) return std::nullopt;
  record.remove_suffix(1);
  record.remove_prefix(blank + 1);
  const std::size_t equals = record.find('=');
  if (equals == std::string_view::npos || !is_plain_key(record.substr(0, equals))) {
    return std::nullopt;
  }
  return Record{record.substr(0, equals), record.substr(equals + 1)};
}

// Keys of GNU tar, star and Solaris that change what the bytes of a member mean.
bool changes_contents(const Record& record) {
  constexpr auto kKeys = std::to_array<std::string_view>(
      {"SCHILY.realsize", "SCHILY.filetype", "SCHILY.offset", "SUN.holesdata", "SUN.holes"});
  if (record.key == "hdrcharset") {
    return record.value != "ISO-IR 10646 2000 UTF-8" && record.value != "BINARY";
  }
  return record.key.starts_with("GNU.") ||
         std::find(kKeys.begin(), kKeys.end(), record.key) != kKeys.end();
}

tl::unexpected<Error> malformed(std::string_view why) {
  return fail(Code::kArchiveMalformed, fmt::format("a pax header {}", why));
}

Result<void> apply(const Record& record, PaxHeader& header) {
  if (changes_contents(record)) {
    return fail(Code::kArchiveUnsupported, fmt::format("a pax header has '{}', which is not read",
                                                       base::escape_for_display(record.key)));
  }
  if (record.key == "path") {
    if (header.path) return malformed("has two paths");
    if (record.value.empty()) return malformed("has an empty path");
    header.path = record.value;
  } else if (record.key == "size") {
    if (header.size) return malformed("has two sizes");
    header.size = base::parse_decimal(record.value);
    if (!header.size || *header.size >> 63U != 0) return malformed("has a size that is none");
  } else if (record.key == "linkpath") {
    header.has_link = true;
  }
  return {};
}

}  // namespace

Result<PaxHeader> parse_pax_header(std::string_view text) {
  PaxHeader header;
  while (!text.empty()) {
    const auto record = take_record(text);
    if (!record) return malformed("has a record that is not of the form 'length key=value'");
    HALLMARK_TRY(apply(*record, header));
  }
  return header;
}

}  // namespace hallmark::manifest

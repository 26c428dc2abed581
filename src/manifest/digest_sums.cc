// Lines of GNU sha256sum: 64 hex digits, a blank, a blank or "*" for a binary read, the name, a
// line feed. A name with a line feed, a carriage return or a backslash is written with escapes, and
// a backslash is then put before the whole line.

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "manifest/digest_list_forms.h"

namespace hallmark::manifest {
namespace {

constexpr std::size_t kHexDigits = 64;

tl::unexpected<Error> unreadable(std::string_view why) {
  return fail(Code::kDigestListUnreadable, std::string(why));
}

Result<std::string> unescape(std::string_view name) {
  std::string plain;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] != '\\') {
      plain.push_back(name[i]);
      continue;
    }
    const char escaped = ++i < name.size() ? name[i] : '\0';
    if (escaped == '\\') {
      plain.push_back('\\');
    } else if (escaped == 'n') {
      plain.push_back('\n');
    } else if (escaped == 'r') {
      plain.push_back('\r');
    } else {
      return unreadable("expected \\\\, \\n or \\r in an escaped name, found another escape");
    }
  }
  return plain;
}

Result<std::string> read_name(std::string_view name, bool escaped) {
  if (name.find('\r') != std::string_view::npos) {
    return unreadable("expected a line that ends in a line feed, found a carriage return");
  }
  if (!escaped && name.find('\\') != std::string_view::npos) {
    return unreadable("a name with a backslash in a line that does not begin with one");
  }
  std::string plain(name);
  if (escaped) {
    HALLMARK_ASSIGN_OR_RETURN(plain, unescape(name));
  }
  // As "find . -type f" and a shell's "./*" give names.
  if (plain.starts_with("./")) plain.erase(0, 2);
  if (!base::is_utf8(plain)) {
    return fail(Code::kNameNotUtf8,
                fmt::format("the name '{}' is not UTF-8", base::escape_for_display(plain)));
  }
  return plain;
}

Result<Resource> read_line(std::string_view line) {
  const bool escaped = line.starts_with('\\');
  if (escaped) line.remove_prefix(1);
  if (line.size() < kHexDigits + 2 || line[kHexDigits] != ' ' ||
      (line[kHexDigits + 1] != ' ' && line[kHexDigits + 1] != '*')) {
    return unreadable("expected 64 hex digits, two blanks or a blank and '*', and a name");
  }
  HALLMARK_ASSIGN_OR_RETURN(
      const hash::Digest digest,
      hash::Digest::parse_hex(hash::Algorithm::kSha256, line.substr(0, kHexDigits)));
  HALLMARK_ASSIGN_OR_RETURN(std::string name, read_name(line.substr(kHexDigits + 2), escaped));
  return Resource{std::move(name), digest, {}};
}

}  // namespace

Result<DigestList> read_sums(std::string_view text) {
  DigestList list;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
      return unreadable(
          fmt::format("line {}: expected a line feed at its end, found none: the list "
                      "may be cut off",
                      number));
    }
    HALLMARK_TRY(check_room(list.resources.size()));
    auto resource = read_line(text.substr(0, end));
    if (!resource) return fail(std::move(resource.error()).within(fmt::format("line {}", number)));
    list.resources.push_back(*std::move(resource));
    text.remove_prefix(end + 1);
  }
  return list;
}

}  // namespace hallmark::manifest

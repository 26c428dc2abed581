// RFC 7512 section 2.3:
//
//   pkcs11: token=A;object=B;id=%01 ? module-name=C & pin-source=D
//           `------- path -------'   `---------- query ---------'
//
// Path and query have each their own attributes and their own set of characters that may stand
// unencoded. Offsets in messages count bytes of the whole text.

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "hallmark/base/decimal.h"
#include "hallmark/base/utf8.h"
#include "hallmark/crypto/pkcs11_uri.h"

namespace hallmark::crypto {
namespace {

constexpr std::string_view kScheme = "pkcs11:";
constexpr std::size_t kNoLimit = kLongestPkcs11Uri;

// A text that is compared with a field of PKCS #11, which has so many bytes.
struct TextAttribute {
  std::string_view name;
  std::optional<std::string> Pkcs11Uri::* member;
  std::size_t longest;
};

constexpr auto kTextAttributes = std::to_array<TextAttribute>({
    {"token", &Pkcs11Uri::token, 32},
    {"manufacturer", &Pkcs11Uri::manufacturer, 32},
    {"model", &Pkcs11Uri::model, 16},
    {"serial", &Pkcs11Uri::serial, 16},
    {"slot-manufacturer", &Pkcs11Uri::slot_manufacturer, 32},
    {"slot-description", &Pkcs11Uri::slot_description, 64},
    {"library-manufacturer", &Pkcs11Uri::library_manufacturer, 32},
    {"library-description", &Pkcs11Uri::library_description, 32},
    {"object", &Pkcs11Uri::object, kNoLimit},
});

struct TypeName {
  std::string_view name;
  Pkcs11ObjectType type;
};

constexpr auto kTypeNames = std::to_array<TypeName>({
    {"public", Pkcs11ObjectType::kPublic},
    {"private", Pkcs11ObjectType::kPrivate},
    {"cert", Pkcs11ObjectType::kCertificate},
    {"secret-key", Pkcs11ObjectType::kSecretKey},
    {"data", Pkcs11ObjectType::kData},
});

enum class Part : std::uint8_t { kPath, kQuery };

// One "name=value" with the place of each in the URI.
struct Attribute {
  Part part;
  std::string_view name;
  std::size_t name_offset;
  std::string_view value;
  std::size_t value_offset;
};

tl::unexpected<Error> refuse(std::size_t offset, std::string_view what) {
  return fail(Code::kPkcs11UriInvalid, fmt::format("PKCS #11 URI, offset {}: {}", offset, what));
}

tl::unexpected<Error> refuse_value(const Attribute& attribute, std::string_view expected) {
  return refuse(attribute.value_offset, fmt::format("{}: expected {}", attribute.name, expected));
}

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// pk11-pchar and pk11-qchar without their percent-encoded form.
bool may_stand_unencoded(char c, Part part) {
  constexpr std::string_view kEverywhere = "-._~:[]@!$'()*+,=";
  constexpr std::string_view kInQuery = "/?|";
  if (is_alphanumeric(c) || kEverywhere.find(c) != std::string_view::npos) return true;
  return part == Part::kPath ? c == '&' : kInQuery.find(c) != std::string_view::npos;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Result<std::string> decode_percent(const Attribute& attribute) {
  const std::string_view text = attribute.value;
  std::string decoded;
  decoded.reserve(text.size());  // never moved while it grows: it may become a PIN
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (may_stand_unencoded(text[i], attribute.part)) {
      decoded.push_back(text[i]);
      continue;
    }
    if (text[i] != '%') {
      return refuse(attribute.value_offset + i, "a character that has to be percent-encoded");
    }
    const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
    if (high < 0 || low < 0) {
      return refuse(attribute.value_offset + i, "expected two hex digits after '%'");
    }
    decoded.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return decoded;
}

Result<std::string> decode_text(const Attribute& attribute) {
  HALLMARK_ASSIGN_OR_RETURN(std::string text, decode_percent(attribute));
  if (!base::is_utf8(text)) return refuse_value(attribute, "UTF-8");
  if (text.find('\0') != std::string::npos) return refuse_value(attribute, "no NUL");
  return text;
}

Result<Pkcs11ObjectType> parse_type(const Attribute& attribute) {
  const auto* row = std::find_if(kTypeNames.begin(), kTypeNames.end(),
                                 [&](const TypeName& r) { return r.name == attribute.value; });
  if (row != kTypeNames.end()) return row->type;
  return refuse_value(attribute, "public, private, cert, secret-key or data");
}

// 1*DIGIT, so leading zeros are allowed.
std::optional<std::uint64_t> parse_number(std::string_view text) {
  while (text.size() > 1 && text.front() == '0') text.remove_prefix(1);
  return base::parse_decimal(text);
}

Result<Pkcs11Version> parse_version(const Attribute& attribute) {
  const std::size_t dot = attribute.value.find('.');
  const auto major = parse_number(attribute.value.substr(0, dot));
  const bool has_minor = dot != std::string_view::npos;
  const auto minor = has_minor ? parse_number(attribute.value.substr(dot + 1)) : std::optional(0UL);
  if (!major || !minor || *major > 255 || *minor > 255) {
    return refuse_value(attribute, "two numbers from 0 to 255 with a dot between");
  }
  return Pkcs11Version{static_cast<std::uint8_t>(*major), static_cast<std::uint8_t>(*minor)};
}

// A path as it is, or the path of a file URI (RFC 8089), which is not decoded a second time. That a
// program gives the PIN ("|command", which RFC 7512 leaves open) is not offered.
Result<std::string> parse_pin_source(const Attribute& attribute) {
  HALLMARK_ASSIGN_OR_RETURN(std::string source, decode_text(attribute));
  constexpr std::string_view kFile = "file:";
  if (source.starts_with(kFile)) {
    source.erase(0, kFile.size());
    for (const std::string_view host : {"//localhost/", "///"}) {
      if (!source.starts_with(host)) continue;
      source.erase(0, host.size() - 1);
      break;
    }
    if (source.starts_with("//")) return refuse_value(attribute, "a file of this machine");
  } else if (source.find(':') < source.find('/')) {
    return refuse_value(attribute, "a path or a 'file:' URI");
  }
  if (source.starts_with('|')) return refuse_value(attribute, "a file, not a command");
  if (source.empty()) return refuse_value(attribute, "the path of a file");
  return source;
}

Result<std::string> parse_module_path(const Attribute& attribute) {
  HALLMARK_ASSIGN_OR_RETURN(std::string path, decode_text(attribute));
  if (!path.starts_with('/')) return refuse_value(attribute, "an absolute path");
  return path;
}

// It is put together with folders that are trusted, and must not lead out of them.
Result<std::string> parse_module_name(const Attribute& attribute) {
  HALLMARK_ASSIGN_OR_RETURN(std::string name, decode_text(attribute));
  const bool is_name =
      !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos;
  if (!is_name) return refuse_value(attribute, "the name of a file, without a folder");
  return name;
}

class Parser {
 public:
  explicit Parser(std::string_view uri) : uri_(uri) {}

  Result<Pkcs11Uri> parse() {
    if (uri_.size() > kLongestPkcs11Uri) {
      return fail(Code::kPkcs11UriInvalid,
                  fmt::format("PKCS #11 URI: longer than {} bytes", kLongestPkcs11Uri));
    }
    HALLMARK_TRY(check_scheme());
    const std::size_t question_mark = std::min(uri_.find('?'), uri_.size());
    HALLMARK_TRY(parse_part(Part::kPath, kScheme.size(), question_mark));
    if (question_mark < uri_.size()) {
      HALLMARK_TRY(parse_part(Part::kQuery, question_mark + 1, uri_.size()));
    }
    if (parsed_.pin_file && parsed_.pin_value) {
      return refuse(question_mark + 1, "expected pin-source or pin-value, found both");
    }
    return std::move(parsed_);
  }

 private:
  // A scheme has no case (RFC 3986 section 3.1).
  [[nodiscard]] Result<void> check_scheme() const {
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
    const std::string_view start = uri_.substr(0, kScheme.size());
    if (std::equal(start.begin(), start.end(), kScheme.begin(), kScheme.end(), same)) return {};
    return refuse(0, "expected 'pkcs11:'");
  }

  Result<void> parse_part(Part part, std::size_t start, std::size_t end) {
    if (start == end) return {};
    const char separator = part == Part::kPath ? ';' : '&';
    std::vector<std::string_view> seen;
    for (std::size_t i = start; i <= end;) {
      const std::size_t stop = std::min(uri_.find(separator, i), end);
      HALLMARK_ASSIGN_OR_RETURN(const Attribute attribute, split(part, i, stop));
      if (std::find(seen.begin(), seen.end(), attribute.name) != seen.end()) {
        return refuse(i, fmt::format("{} stands twice", attribute.name));
      }
      HALLMARK_TRY(part == Part::kPath ? read_path(attribute) : read_query(attribute));
      seen.push_back(attribute.name);  // is a known one, so there are few
      i = stop + 1;
    }
    return {};
  }

  [[nodiscard]] Result<Attribute> split(Part part, std::size_t start, std::size_t end) const {
    const std::string_view text = uri_.substr(start, end - start);
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) return refuse(start, "expected 'name=value'");
    return Attribute{part, text.substr(0, equals), start, text.substr(equals + 1),
                     start + equals + 1};
  }

  Result<void> read_path(const Attribute& attribute) {
    if (attribute.name == "id") {
      HALLMARK_ASSIGN_OR_RETURN(const std::string id, decode_percent(attribute));
      parsed_.id = Bytes(id.begin(), id.end());
      return {};
    }
    if (attribute.name == "type") return store(parsed_.type, parse_type(attribute));
    if (attribute.name == "library-version") {
      return store(parsed_.library_version, parse_version(attribute));
    }
    if (attribute.name == "slot-id") {
      parsed_.slot_id = parse_number(attribute.value);
      if (!parsed_.slot_id) return refuse_value(attribute, "a number below 2^64");
      return {};
    }
    return read_text(attribute);
  }

  Result<void> read_text(const Attribute& attribute) {
    const auto* row =
        std::find_if(kTextAttributes.begin(), kTextAttributes.end(),
                     [&](const TextAttribute& r) { return r.name == attribute.name; });
    if (row == kTextAttributes.end()) {
      return refuse(attribute.name_offset, fmt::format("unknown attribute '{}'",
                                                       base::escape_for_display(attribute.name)));
    }
    HALLMARK_ASSIGN_OR_RETURN(std::string text, decode_text(attribute));
    if (text.size() > row->longest) {
      return refuse_value(attribute, fmt::format("at most {} bytes", row->longest));
    }
    parsed_.*row->member = std::move(text);
    return {};
  }

  // An unknown name is not shown: it may be the rest of a PIN with an '&' in it.
  Result<void> read_query(const Attribute& attribute) {
    if (attribute.name == "module-path") {
      return store(parsed_.module_path, parse_module_path(attribute));
    }
    if (attribute.name == "module-name") {
      return store(parsed_.module_name, parse_module_name(attribute));
    }
    if (attribute.name == "pin-source") {
      return store(parsed_.pin_file, parse_pin_source(attribute));
    }
    if (attribute.name == "pin-value") {
      HALLMARK_ASSIGN_OR_RETURN(std::string pin, decode_text(attribute));
      parsed_.pin_value = base::Secret(std::move(pin));
      return {};
    }
    return refuse(attribute.name_offset,
                  "expected module-path, module-name, pin-source or pin-value, found another name");
  }

  template <typename T>
  static Result<void> store(std::optional<T>& member, Result<T> value) {
    if (!value) return fail(std::move(value.error()));
    member = *std::move(value);
    return {};
  }

  std::string_view uri_;
  Pkcs11Uri parsed_;
};

}  // namespace

Result<Pkcs11Uri> Pkcs11Uri::parse(std::string_view uri) { return Parser(uri).parse(); }

}  // namespace hallmark::crypto

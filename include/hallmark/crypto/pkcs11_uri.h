#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"

namespace hallmark::crypto {

/// The classes of objects that a PKCS #11 URI can ask for.
enum class Pkcs11ObjectType : std::uint8_t { kPublic, kPrivate, kCertificate, kSecretKey, kData };

struct Pkcs11Version {
  std::uint8_t major = 0;
  std::uint8_t minor = 0;

  friend bool operator==(const Pkcs11Version&, const Pkcs11Version&) = default;
};

/// The longest URI that is read, in bytes.
inline constexpr std::size_t kLongestPkcs11Uri = 8192;

/// A PKCS #11 URI (RFC 7512): which token, which object on it, and how to get there. What is absent
/// matches everything. Texts are UTF-8 without percent-encoding and without NUL.
struct Pkcs11Uri {
  /// Reads a URI. Refused with kPkcs11UriInvalid, and the offset: attributes that RFC 7512 does not
  /// name, vendor-specific ones too, as ignoring one could choose another key; an attribute that
  /// stands twice; characters that have to be percent-encoded; text that is not UTF-8; values that
  /// their attribute cannot have. No message holds a part of the query, where the PIN may stand.
  static Result<Pkcs11Uri> parse(std::string_view uri);

  // The token. Never longer than the fields of PKCS #11 that they are compared with.
  std::optional<std::string> token;  ///< Its label.
  std::optional<std::string> manufacturer;
  std::optional<std::string> model;
  std::optional<std::string> serial;

  // The slot that the token is in.
  std::optional<std::string> slot_manufacturer;
  std::optional<std::string> slot_description;
  std::optional<std::uint64_t> slot_id;

  // The module.
  std::optional<std::string> library_manufacturer;
  std::optional<std::string> library_description;
  std::optional<Pkcs11Version> library_version;

  // The object.
  std::optional<std::string> object;  ///< Its label.
  std::optional<Bytes> id;            ///< Any bytes.
  std::optional<Pkcs11ObjectType> type;

  // The query.
  std::optional<std::string> module_path;  ///< Absolute: a file; a folder if there is a name too.
  std::optional<std::string> module_name;  ///< Of a file, without any folder.
  std::optional<std::string> pin_file;     ///< pin-source: a path, or a `file:` URI's.
  std::optional<base::Secret> pin_value;   ///< Not together with a file (RFC 7512 section 2.4).
};

}  // namespace hallmark::crypto

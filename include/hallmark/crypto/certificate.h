#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/base/unix_time.h"
#include "hallmark/crypto/key.h"

namespace hallmark::crypto {

enum class NameType : std::uint8_t { kEmail, kDns, kUri };

/// "email", "dns", "uri".
std::string_view to_string(NameType type);

/// One entry of a subjectAltName. The type is part of the name: an authority that may only certify
/// certain e-mail addresses (RFC 5280 section 4.2.1.10) can still write one into a dNSName.
struct AlternativeName {
  NameType type = NameType::kEmail;
  std::string value;

  friend bool operator==(const AlternativeName&, const AlternativeName&) = default;
};

/// An X.509 v3 certificate (RFC 5280). Immutable and cheap to copy; parsed, not trusted.
class Certificate {
 public:
  /// Reads DER without bytes after it, version 1 or 3. Fails with kCertificateMalformed.
  static Result<Certificate> decode(ByteView der);

  /// Reads every `CERTIFICATE` block of a PEM text, in order; at least one must be there, and no
  /// block of another label. Fails with kCertificateMalformed, naming the block.
  static Result<std::vector<Certificate>> parse_pem(std::string_view pem);

  [[nodiscard]] const Bytes& der() const;

  /// Distinguished names in the form of RFC 2253, UTF-8.
  [[nodiscard]] std::string subject() const;
  [[nodiscard]] std::string issuer() const;
  /// Lower-case hex, whole bytes, no sign.
  [[nodiscard]] std::string serial_number() const;
  [[nodiscard]] base::UnixTime not_before() const;
  [[nodiscard]] base::UnixTime not_after() const;

  /// E-mail addresses, URIs and DNS names of the subjectAltName, as text. Entries with anything but
  /// printable ASCII in them (a NUL, say; RFC 5280 section 4.2.1.6 allows IA5 alone) are left out:
  /// they can match nothing.
  [[nodiscard]] std::vector<AlternativeName> alternative_names() const;

  /// The certified key. Fails with kKeyUnsupported or kKeyMalformed.
  [[nodiscard]] Result<PublicKey> public_key() const;

  struct Native;
  explicit Certificate(std::shared_ptr<const Native> native) : native_(std::move(native)) {}
  [[nodiscard]] const Native& native() const { return *native_; }

 private:
  std::shared_ptr<const Native> native_;
};

/// A certificate revocation list (RFC 5280 section 5).
class RevocationList {
 public:
  /// Reads the one `X509 CRL` block of a PEM text, or DER. A list without nextUpdate is refused: it
  /// would never be out of date. So is a delta list, which leaves out what its base says. Fails
  /// with kRevocationListUnreadable.
  static Result<RevocationList> parse(ByteView pem_or_der);

  struct Native;
  explicit RevocationList(std::shared_ptr<const Native> native) : native_(std::move(native)) {}
  [[nodiscard]] const Native& native() const { return *native_; }

 private:
  std::shared_ptr<const Native> native_;
};

}  // namespace hallmark::crypto

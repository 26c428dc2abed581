#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"

namespace hallmark::crypto {

/// The kinds of key that Hallmark works with; everything else is refused with kKeyUnsupported.
enum class KeyType : std::uint8_t { kP256, kP384, kP521, kRsa, kEd25519 };

/// "P-256", "P-384", "P-521", "RSA", "Ed25519".
std::string_view to_string(KeyType type);

/// A public key that has been checked: the point lies on a named curve or in the Ed25519 group, an
/// RSA modulus has 2048 to 16384 bits and its exponent is odd and not 1. Immutable and cheap to
/// copy.
class PublicKey {
 public:
  /// Reads the one `PUBLIC KEY` block of a PEM text (RFC 7468 section 13). Fails with kKeyMalformed
  /// or kKeyUnsupported.
  static Result<PublicKey> parse_pem(std::string_view pem);

  /// Reads a DER SubjectPublicKeyInfo (RFC 5280 section 4.1) without bytes after it.
  static Result<PublicKey> decode_spki(ByteView der);

  [[nodiscard]] KeyType type() const;

  /// The DER SubjectPublicKeyInfo as re-serialised: named curve, uncompressed point.
  [[nodiscard]] Bytes encode_spki() const;

  /// `encode_spki` as PEM, lines of 64 characters, final newline.
  [[nodiscard]] std::string to_pem() const;

  /// The OMS key hint: SHA-256 of `to_pem()` in lower-case hex. It is not the hash of the key file.
  [[nodiscard]] std::string hint() const;

  friend bool operator==(const PublicKey& a, const PublicKey& b);

  /// The backend's key; only the crypto layer can see what is inside.
  struct Native;
  explicit PublicKey(std::shared_ptr<const Native> native) : native_(std::move(native)) {}
  [[nodiscard]] const Native& native() const { return *native_; }

 private:
  std::shared_ptr<const Native> native_;
};

/// Asks for the passphrase of an encrypted key; called at most once, only when one is needed.
class PassphraseSource {
 public:
  virtual ~PassphraseSource() = default;
  /// Fails with kPassphraseRequired when there is none to give.
  virtual Result<base::Secret> passphrase() = 0;
};

/// An elliptic curve private key (P-256, P-384 or P-521). Unrelated to PublicKey on purpose.
class PrivateKey {
 public:
  /// Reads the one private key of a PEM text: `PRIVATE KEY` and `ENCRYPTED PRIVATE KEY` (PKCS #8),
  /// `EC PRIVATE KEY` (SEC 1), plain or encrypted by RFC 1421 headers; other blocks (`EC
  /// PARAMETERS`) are skipped, two keys are refused. Fails with kKeyMalformed, kKeyUnsupported,
  /// kPassphraseRequired or kPassphraseWrong.
  static Result<PrivateKey> parse_pem(const base::Secret& pem, PassphraseSource& passphrase);

  /// A new key; `type` is one of the three curves.
  static Result<PrivateKey> generate(KeyType type);

  [[nodiscard]] KeyType type() const;
  [[nodiscard]] PublicKey public_key() const;

  /// PKCS #8 PEM; encrypted (PBES2, PBKDF2 with HMAC-SHA-256, AES-256-CBC) when a passphrase is
  /// given.
  [[nodiscard]] Result<base::Secret> to_pem(const base::Secret* passphrase) const;

  struct Native;
  explicit PrivateKey(std::shared_ptr<const Native> native) : native_(std::move(native)) {}
  [[nodiscard]] const Native& native() const { return *native_; }

 private:
  std::shared_ptr<const Native> native_;
};

}  // namespace hallmark::crypto

#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/key.h"

namespace hallmark::crypto {

/// How a message is hashed and signed.
enum class SignatureScheme : std::uint8_t {
  kEcdsaSha256,  ///< ECDSA, DER SEQUENCE of r and s (RFC 3279 section 2.2.3)
  kEcdsaSha384,
  kEcdsaSha512,
  kRsaPkcs1Sha256,  ///< RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2)
  kEd25519,         ///< RFC 8032 section 5.1, over the message itself
  kEd25519ph,       ///< RFC 8032 section 5.1, over SHA-512 of the message, empty context
};

/// "ecdsa-sha2-256" and so on, for reports.
std::string_view to_string(SignatureScheme scheme);

/// The scheme that goes with a bare key (OMS method `key`): the curve's hash, RSA with SHA-256,
/// Ed25519ph as the Go client signs.
SignatureScheme scheme_for_key(KeyType type);

/// The scheme that goes with a certified key: as above, but pure Ed25519.
SignatureScheme scheme_for_certificate(KeyType type);

/// Checks a signature. A wrong one, or one that is no signature at all, fails with
/// kSignatureInvalid; a scheme that the key cannot have with kKeyUnsupported.
Result<void> check_signature(const PublicKey& key, SignatureScheme scheme, ByteView message,
                             ByteView signature);

/// Something that can sign with one key: a key in memory here, a token or a service elsewhere.
class Signer {
 public:
  virtual ~Signer() = default;

  [[nodiscard]] virtual PublicKey public_key() const = 0;

  /// Signs with `scheme_for_key` of the key's type.
  virtual Result<Bytes> sign(ByteView message) = 0;
};

/// Signs with a private key held in memory.
class PrivateKeySigner final : public Signer {
 public:
  explicit PrivateKeySigner(PrivateKey key) : key_(std::move(key)) {}

  [[nodiscard]] PublicKey public_key() const override { return key_.public_key(); }
  Result<Bytes> sign(ByteView message) override;

 private:
  PrivateKey key_;
};

}  // namespace hallmark::crypto

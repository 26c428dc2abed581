#include <utility>
#include <vector>

#include <fmt/core.h>
#include <openssl/core_names.h>
#include <openssl/obj_mac.h>
#include <openssl/objects.h>
#include <sodium.h>

#include "crypto/key_type.h"
#include "crypto/native.h"
#include "crypto/openssl_state.h"
#include "hallmark/base/pem.h"
#include "hallmark/base/utf8.h"
#include "hallmark/crypto/key.h"
#include "hallmark/hash/hasher.h"

namespace hallmark::crypto {
namespace {

constexpr std::string_view kLabel = "PUBLIC KEY";
constexpr int kMinRsaBits = 2048;
constexpr int kMaxRsaBits = 16384;  // Beyond it a verification is a way to stop the verifier.

// The two parts of a SubjectPublicKeyInfo that say what key it is.
struct SpkiParts {
  const ASN1_OBJECT* algorithm = nullptr;
  const ASN1_OBJECT* curve = nullptr;  // Null when the parameters are anything but a name.
  ByteView key;
};

SpkiParts parts_of(const X509_PUBKEY& spki) {
  ASN1_OBJECT* algorithm = nullptr;
  const unsigned char* key = nullptr;
  int key_size = 0;
  X509_ALGOR* identifier = nullptr;
  X509_PUBKEY_get0_param(&algorithm, &key, &key_size, &identifier, &spki);
  int parameter_type = V_ASN1_UNDEF;
  const void* parameter = nullptr;
  X509_ALGOR_get0(nullptr, &parameter_type, &parameter, identifier);
  SpkiParts parts{algorithm, nullptr, {key, static_cast<std::size_t>(key_size)}};
  if (parameter_type == V_ASN1_OBJECT) parts.curve = static_cast<const ASN1_OBJECT*>(parameter);
  return parts;
}

// Curves are accepted by name alone (RFC 5480 section 2.1.1): explicit parameters can describe a
// curve that looks like P-256 and has a generator of the attacker's choice.
Result<KeyType> type_of_curve(const SpkiParts& parts) {
  if (parts.curve == nullptr) {
    return fail(Code::kKeyUnsupported,
                "expected an elliptic curve by name, found explicit curve parameters");
  }
  switch (OBJ_obj2nid(parts.curve)) {
    case NID_X9_62_prime256v1:
      return KeyType::kP256;
    case NID_secp384r1:
      return KeyType::kP384;
    case NID_secp521r1:
      return KeyType::kP521;
    default:
      return fail(Code::kKeyUnsupported,
                  fmt::format("expected curve P-256, P-384 or P-521, found {}",
                              algorithm_name(parts.curve)));
  }
}

Result<KeyType> type_of(const SpkiParts& parts) {
  switch (OBJ_obj2nid(parts.algorithm)) {
    case NID_X9_62_id_ecPublicKey:
      return type_of_curve(parts);
    case NID_rsaEncryption:
      return KeyType::kRsa;
    case NID_ED25519:
      return KeyType::kEd25519;
    default:
      return fail(Code::kKeyUnsupported, fmt::format("expected an EC, RSA or Ed25519 key, found {}",
                                                     algorithm_name(parts.algorithm)));
  }
}

// Reading has found the point on its curve already. The three curves have cofactor 1, so that no
// multiplication by the order is needed: any point but infinity generates the whole group.
Result<void> check_curve_key(EVP_PKEY& key, ByteView point) {
  const bool known_form = !point.empty() && point[0] >= 2 && point[0] <= 4;
  if (!known_form) {
    return fail(Code::kKeyMalformed,
                "expected a compressed or uncompressed point (RFC 5480 section 2.2)");
  }
  const KeyContextHandle context(EVP_PKEY_CTX_new(&key, nullptr));
  if (!context || EVP_PKEY_public_check_quick(context.get()) != 1) {
    return fail(Code::kKeyMalformed, "the public key is not a point of its curve");
  }
  EVP_PKEY_set_utf8_string_param(&key, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, "uncompressed");
  return {};
}

// EVP_PKEY_public_check would also test whether the modulus is a product of two primes, which takes
// longer than the rest of a verification (18 ms at 4096 bits) and says nothing about who holds the
// key.
Result<void> check_rsa_key(const EVP_PKEY& key) {
  const int bits = EVP_PKEY_get_bits(&key);
  if (bits < kMinRsaBits || bits > kMaxRsaBits) {
    return fail(Code::kKeyUnsupported, fmt::format("expected an RSA key of {} to {} bits, found {}",
                                                   kMinRsaBits, kMaxRsaBits, bits));
  }
  BIGNUM* exponent = nullptr;
  EVP_PKEY_get_bn_param(&key, OSSL_PKEY_PARAM_RSA_E, &exponent);
  const BigNumberHandle owned(exponent);
  if (exponent == nullptr || BN_is_odd(exponent) == 0 || BN_is_one(exponent) != 0) {
    return fail(Code::kKeyUnsupported, "expected an odd RSA exponent of at least 3");
  }
  return {};
}

// A point of small order would accept signatures that nobody made.
Result<void> check_ed25519_key(ByteView point) {
  if (point.size() != crypto_core_ed25519_BYTES ||
      crypto_core_ed25519_is_valid_point(point.data()) != 1) {
    return fail(Code::kKeyMalformed, "the public key is not a point of the Ed25519 group");
  }
  return {};
}

Result<void> check_key(EVP_PKEY& key, KeyType type, ByteView encoded) {
  switch (type) {
    case KeyType::kP256:
    case KeyType::kP384:
    case KeyType::kP521:
      return check_curve_key(key, encoded);
    case KeyType::kRsa:
      return check_rsa_key(key);
    case KeyType::kEd25519:
      return check_ed25519_key(encoded);
  }
  return fail(Code::kInternal, "unknown key type");
}

}  // namespace

Result<PublicKey> PublicKey::parse_pem(std::string_view pem) {
  auto blocks = base::parse_pem(pem);
  if (!blocks) return fail(Code::kKeyMalformed, std::move(blocks.error().message));
  if (blocks->size() != 1) {
    return fail(Code::kKeyMalformed,
                fmt::format("expected one '{}' block, found {} blocks", kLabel, blocks->size()));
  }
  const base::PemBlock& block = blocks->front();
  if (block.label != kLabel) {
    return fail(Code::kKeyMalformed, fmt::format("expected a '{}' block, found '{}'", kLabel,
                                                 base::escape_for_display(block.label)));
  }
  return decode_spki(block.contents);
}

Result<PublicKey> PublicKey::decode_spki(ByteView der) {
  const OpensslScope scope;
  const auto spki = decode_der<SpkiHandle>(d2i_X509_PUBKEY, der);
  if (!spki) return fail(Code::kKeyMalformed, "expected a DER SubjectPublicKeyInfo (RFC 5280)");
  const SpkiParts parts = parts_of(*spki);
  HALLMARK_ASSIGN_OR_RETURN(const KeyType type, type_of(parts));
  KeyHandle key(X509_PUBKEY_get(spki.get()));
  if (!key) {
    return fail(Code::kKeyMalformed, fmt::format("expected a public key of type {}, found bytes "
                                                 "that are none",
                                                 to_string(type)));
  }
  HALLMARK_TRY(check_key(*key, type, parts.key));
  Bytes encoded = encode_der(i2d_PUBKEY, key.get());
  if (encoded.empty()) return fail(Code::kInternal, describe_openssl_error());
  return PublicKey(
      std::make_shared<const Native>(Native{std::move(key), type, std::move(encoded)}));
}

KeyType PublicKey::type() const { return native_->type; }

Bytes PublicKey::encode_spki() const { return native_->spki; }

std::string PublicKey::to_pem() const { return base::encode_pem(kLabel, native_->spki); }

std::string PublicKey::hint() const {
  return hash::hash_bytes(hash::Algorithm::kSha256, bytes_of(to_pem())).hex();
}

bool operator==(const PublicKey& a, const PublicKey& b) {
  return a.native_->spki == b.native_->spki;
}

}  // namespace hallmark::crypto

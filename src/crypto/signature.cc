#include "hallmark/crypto/signature.h"

#include <algorithm>

#include <fmt/core.h>
#include <openssl/rsa.h>
#include <sodium.h>

#include "crypto/key_type.h"
#include "crypto/native.h"
#include "crypto/openssl_state.h"

namespace hallmark::crypto {
namespace {

bool is_ecdsa(SignatureScheme scheme) {
  return scheme == SignatureScheme::kEcdsaSha256 || scheme == SignatureScheme::kEcdsaSha384 ||
         scheme == SignatureScheme::kEcdsaSha512;
}

// Curve and hash are independent: the certificate bundles of the reference implementation 0.2.0
// sign with P-384 and SHA-256.
bool fits(SignatureScheme scheme, KeyType type) {
  if (is_ecdsa(scheme)) return is_curve(type);
  if (scheme == SignatureScheme::kRsaPkcs1Sha256) return type == KeyType::kRsa;
  return type == KeyType::kEd25519;
}

// The digest's name for OpenSSL; null where the scheme does not hash beforehand.
const char* digest_of(SignatureScheme scheme) {
  switch (scheme) {
    case SignatureScheme::kEcdsaSha256:
    case SignatureScheme::kRsaPkcs1Sha256:
      return "SHA256";
    case SignatureScheme::kEcdsaSha384:
      return "SHA384";
    case SignatureScheme::kEcdsaSha512:
      return "SHA512";
    case SignatureScheme::kEd25519:
    case SignatureScheme::kEd25519ph:
      break;
  }
  return nullptr;
}

tl::unexpected<Error> wrong_signature(const PublicKey& key, SignatureScheme scheme) {
  return fail(Code::kSignatureInvalid,
              fmt::format("the signature does not belong to the message and the {} key ({})",
                          to_string(key.type()), to_string(scheme)));
}

// Two spellings of one signature would make two bundles of one signing. OpenSSL refuses them too,
// but says only that the signature is wrong.
Result<void> check_ecdsa_spelling(ByteView signature) {
  const auto decoded = decode_der<EcdsaSignatureHandle>(d2i_ECDSA_SIG, signature);
  if (!decoded) {
    return fail(Code::kSignatureInvalid,
                "expected a DER SEQUENCE of r and s (RFC 3279 section "
                "2.2.3), found bytes that are none");
  }
  const Bytes canonical = encode_der(i2d_ECDSA_SIG, decoded.get());
  if (!std::equal(canonical.begin(), canonical.end(), signature.begin(), signature.end())) {
    return fail(Code::kSignatureInvalid, "the ECDSA signature is not in canonical DER");
  }
  return {};
}

Result<void> check_with_openssl(const PublicKey& key, SignatureScheme scheme, ByteView message,
                                ByteView signature) {
  const DigestContextHandle context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* parameters = nullptr;  // Owned by `context`.
  if (!context || EVP_DigestVerifyInit_ex(context.get(), &parameters, digest_of(scheme), nullptr,
                                          nullptr, key.native().key.get(), nullptr) != 1) {
    return fail(Code::kInternal, describe_openssl_error());
  }
  if (scheme == SignatureScheme::kRsaPkcs1Sha256 &&
      EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PADDING) != 1) {
    return fail(Code::kInternal, describe_openssl_error());
  }
  if (EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                       message.size()) != 1) {
    return wrong_signature(key, scheme);
  }
  return {};
}

// OpenSSL 3.0 has no Ed25519ph; libsodium's "multi-part" signatures are just that.
Result<void> check_ed25519ph(const PublicKey& key, ByteView message, ByteView signature) {
  Bytes point(crypto_sign_ed25519_PUBLICKEYBYTES);
  std::size_t size = point.size();
  if (EVP_PKEY_get_raw_public_key(key.native().key.get(), point.data(), &size) != 1) {
    return fail(Code::kInternal, describe_openssl_error());
  }
  if (signature.size() != crypto_sign_ed25519_BYTES) {
    return fail(Code::kSignatureInvalid,
                fmt::format("expected an Ed25519 signature of {} bytes, found {}",
                            crypto_sign_ed25519_BYTES, signature.size()));
  }
  crypto_sign_ed25519ph_state state;
  crypto_sign_ed25519ph_init(&state);
  crypto_sign_ed25519ph_update(&state, message.data(), message.size());
  if (crypto_sign_ed25519ph_final_verify(&state, signature.data(), point.data()) != 0) {
    return wrong_signature(key, SignatureScheme::kEd25519ph);
  }
  return {};
}

}  // namespace

std::string_view to_string(SignatureScheme scheme) {
  switch (scheme) {
    case SignatureScheme::kEcdsaSha256:
      return "ecdsa-sha2-256";
    case SignatureScheme::kEcdsaSha384:
      return "ecdsa-sha2-384";
    case SignatureScheme::kEcdsaSha512:
      return "ecdsa-sha2-512";
    case SignatureScheme::kRsaPkcs1Sha256:
      return "rsa-pkcs1-sha2-256";
    case SignatureScheme::kEd25519:
      return "ed25519";
    case SignatureScheme::kEd25519ph:
      return "ed25519-ph";
  }
  return "unknown";
}

SignatureScheme scheme_for_key(KeyType type) {
  switch (type) {
    case KeyType::kP256:
      return SignatureScheme::kEcdsaSha256;
    case KeyType::kP384:
      return SignatureScheme::kEcdsaSha384;
    case KeyType::kP521:
      return SignatureScheme::kEcdsaSha512;
    case KeyType::kRsa:
      return SignatureScheme::kRsaPkcs1Sha256;
    case KeyType::kEd25519:
      break;
  }
  return SignatureScheme::kEd25519ph;
}

SignatureScheme scheme_for_certificate(KeyType type) {
  return type == KeyType::kEd25519 ? SignatureScheme::kEd25519 : scheme_for_key(type);
}

Result<void> check_signature(const PublicKey& key, SignatureScheme scheme, ByteView message,
                             ByteView signature) {
  const OpensslScope scope;
  if (!fits(scheme, key.type())) {
    return fail(Code::kKeyUnsupported, fmt::format("a {} key cannot make {} signatures",
                                                   to_string(key.type()), to_string(scheme)));
  }
  if (scheme == SignatureScheme::kEd25519ph) return check_ed25519ph(key, message, signature);
  if (is_ecdsa(scheme)) HALLMARK_TRY(check_ecdsa_spelling(signature));
  return check_with_openssl(key, scheme, message, signature);
}

Result<Bytes> PrivateKeySigner::sign(ByteView message) {
  const OpensslScope scope;
  const SignatureScheme scheme = scheme_for_key(key_.type());
  const DigestContextHandle context(EVP_MD_CTX_new());
  std::size_t size = 0;
  if (!context ||
      EVP_DigestSignInit_ex(context.get(), nullptr, digest_of(scheme), nullptr, nullptr,
                            key_.native().key.get(), nullptr) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size()) != 1) {
    return fail(Code::kInternal, describe_openssl_error());
  }
  Bytes signature(size);
  if (EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1) {
    return fail(Code::kInternal, describe_openssl_error());
  }
  signature.resize(size);  // The first call gave the longest DER that is possible.
  return signature;
}

}  // namespace hallmark::crypto

#pragma once

#include <memory>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "hallmark/base/bytes.h"
#include "hallmark/base/unix_time.h"
#include "hallmark/crypto/certificate.h"
#include "hallmark/crypto/key.h"

namespace hallmark::crypto {

/// Calls an OpenSSL destructor.
template <auto kFree>
struct Deleter {
  template <typename T>
  void operator()(T* object) const noexcept {
    kFree(object);
  }
};

// The stack functions of OpenSSL are inline templates of macros, so they need a frame of their own.
inline void free_certificates(STACK_OF(X509) * stack) { sk_X509_pop_free(stack, X509_free); }
inline void free_names(STACK_OF(GENERAL_NAME) * stack) {
  sk_GENERAL_NAME_pop_free(stack, GENERAL_NAME_free);
}

using BioHandle = std::unique_ptr<BIO, Deleter<BIO_free_all>>;
using BigNumberHandle = std::unique_ptr<BIGNUM, Deleter<BN_free>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using KeyContextHandle = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
using DigestContextHandle = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using EcdsaSignatureHandle = std::unique_ptr<ECDSA_SIG, Deleter<ECDSA_SIG_free>>;
using SpkiHandle = std::unique_ptr<X509_PUBKEY, Deleter<X509_PUBKEY_free>>;
using Pkcs8Handle = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Deleter<PKCS8_PRIV_KEY_INFO_free>>;
using EncryptedPkcs8Handle = std::unique_ptr<X509_SIG, Deleter<X509_SIG_free>>;
using X509Handle = std::unique_ptr<X509, Deleter<X509_free>>;
using X509CrlHandle = std::unique_ptr<X509_CRL, Deleter<X509_CRL_free>>;
using X509StackHandle = std::unique_ptr<STACK_OF(X509), Deleter<free_certificates>>;
using GeneralNamesHandle = std::unique_ptr<STACK_OF(GENERAL_NAME), Deleter<free_names>>;
using StoreHandle = std::unique_ptr<X509_STORE, Deleter<X509_STORE_free>>;
using StoreContextHandle = std::unique_ptr<X509_STORE_CTX, Deleter<X509_STORE_CTX_free>>;

/// Reads one DER object with an OpenSSL `d2i` function; null when it cannot or when bytes are left.
template <typename Handle, typename Decode>
Handle decode_der(Decode decode, ByteView der) {
  if (der.empty()) return nullptr;
  const unsigned char* position = der.data();
  Handle object(decode(nullptr, &position, static_cast<long>(der.size())));
  if (position != der.data() + der.size()) return nullptr;
  return object;
}

/// Writes one object with an OpenSSL `i2d` function; empty when it cannot.
template <typename Encode, typename T>
Bytes encode_der(Encode encode, T* object) {
  unsigned char* encoded = nullptr;
  const int size = encode(object, &encoded);
  if (size <= 0) return {};
  Bytes bytes(encoded, encoded + size);
  OPENSSL_free(encoded);
  return bytes;
}

struct PublicKey::Native {
  KeyHandle key;
  KeyType type;
  Bytes spki;
};

struct PrivateKey::Native {
  KeyHandle key;
  PublicKey public_key;
};

struct Certificate::Native {
  X509Handle x509;
  Bytes der;
  base::UnixTime not_before;
  base::UnixTime not_after;
};

struct RevocationList::Native {
  X509CrlHandle crl;
};

}  // namespace hallmark::crypto

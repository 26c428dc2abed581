#include "crypto/private_key.h"

#include <string>
#include <utility>

#include <fmt/core.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include "crypto/key_type.h"
#include "crypto/openssl_state.h"

namespace hallmark::crypto {
namespace {

constexpr int kPbkdf2Iterations = 600'000;  // OWASP's figure for HMAC-SHA-256.
constexpr int kSaltBytes = 16;

// The private number must lie in range and belong to the public point: a signer that signs with a
// pair that does not match can give its key away.
bool is_pair(EVP_PKEY& key) {
  const KeyContextHandle context(EVP_PKEY_CTX_new(&key, nullptr));
  return context && EVP_PKEY_private_check(context.get()) == 1 &&
         EVP_PKEY_pairwise_check(context.get()) == 1;
}

bool write_encrypted(BIO* out, PKCS8_PRIV_KEY_INFO* plain, std::string_view passphrase) {
  const EncryptedPkcs8Handle encrypted(
      PKCS8_encrypt(-1, EVP_aes_256_cbc(), passphrase.data(), static_cast<int>(passphrase.size()),
                    /*salt=*/nullptr, kSaltBytes, kPbkdf2Iterations, plain));
  return encrypted && PEM_write_bio_PKCS8(out, encrypted.get()) == 1;
}

std::string read_all(BIO* bio) {
  std::string text(BIO_ctrl_pending(bio), '\0');
  std::size_t size = 0;
  BIO_read_ex(bio, text.data(), text.size(), &size);
  text.resize(size);
  return text;
}

}  // namespace

Result<PrivateKey> private_key_from(KeyHandle key) {
  HALLMARK_ASSIGN_OR_RETURN(PublicKey public_key,
                            PublicKey::decode_spki(encode_der(i2d_PUBKEY, key.get())));
  if (!is_curve(public_key.type())) {
    return fail(Code::kKeyUnsupported,
                fmt::format("expected a private key on P-256, P-384 or P-521, found {}",
                            to_string(public_key.type())));
  }
  if (!is_pair(*key)) {
    return fail(Code::kKeyMalformed, "the private key does not belong to its public key");
  }
  return PrivateKey(std::make_shared<const PrivateKey::Native>(
      PrivateKey::Native{std::move(key), std::move(public_key)}));
}

Result<PrivateKey> PrivateKey::generate(KeyType type) {
  const OpensslScope scope;
  if (!is_curve(type)) {
    return fail(
        Code::kKeyUnsupported,
        fmt::format("expected P-256, P-384 or P-521 for a new key, found {}", to_string(type)));
  }
  const std::string curve(to_string(type));
  KeyHandle key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve.c_str()));
  if (!key) return fail(Code::kInternal, describe_openssl_error());
  return private_key_from(std::move(key));
}

KeyType PrivateKey::type() const { return native_->public_key.type(); }

PublicKey PrivateKey::public_key() const { return native_->public_key; }

Result<base::Secret> PrivateKey::to_pem(const base::Secret* passphrase) const {
  const OpensslScope scope;
  const Pkcs8Handle plain(EVP_PKEY2PKCS8(native_->key.get()));
  const BioHandle out(BIO_new(BIO_s_secmem()));
  const bool written = plain && out &&
                       (passphrase == nullptr
                            ? PEM_write_bio_PKCS8_PRIV_KEY_INFO(out.get(), plain.get()) == 1
                            : write_encrypted(out.get(), plain.get(), passphrase->expose_secret()));
  if (!written) return fail(Code::kInternal, describe_openssl_error());
  return base::Secret(read_all(out.get()));
}

}  // namespace hallmark::crypto

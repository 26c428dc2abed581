#include "hallmark/crypto/token_signer.h"

#include <utility>

#include <fmt/core.h>

#include "crypto/pkcs11/key_material.h"
#include "crypto/pkcs11/login.h"
#include "crypto/pkcs11/module.h"
#include "crypto/pkcs11/module_path.h"
#include "crypto/pkcs11/signing_key.h"
#include "hallmark/hash/hasher.h"

namespace hallmark::crypto {
namespace {

using pkcs11::Module;
using pkcs11::Pin;
using pkcs11::Session;
using pkcs11::Token;

hash::Algorithm hash_of(KeyType type) {
  if (type == KeyType::kP256) return hash::Algorithm::kSha256;
  return type == KeyType::kP384 ? hash::Algorithm::kSha384 : hash::Algorithm::kSha512;
}

// A key with CKA_ALWAYS_AUTHENTICATE wants the PIN for every signature (PIV's signature key).
struct PinPerSignature {
  Token token;
  Pin pin;
};

class TokenSigner final : public Signer {
 public:
  TokenSigner(Module module, Session session, CK_OBJECT_HANDLE key, PublicKey public_key,
              std::optional<PinPerSignature> pin)
      : module_(std::move(module)),
        session_(std::move(session)),
        key_(key),
        public_key_(std::move(public_key)),
        pin_(std::move(pin)) {}

  [[nodiscard]] PublicKey public_key() const override { return public_key_; }

  Result<Bytes> sign(ByteView message) override {
    const KeyType type = public_key_.type();
    const hash::Digest digest = hash::hash_bytes(hash_of(type), message);
    HALLMARK_TRY(session_.begin_signature(key_));
    if (pin_) {
      HALLMARK_TRY(pkcs11::log_in(session_, CKU_CONTEXT_SPECIFIC, pin_->token, pin_->pin));
    }
    HALLMARK_ASSIGN_OR_RETURN(const Bytes raw, session_.sign(digest.bytes()));
    HALLMARK_ASSIGN_OR_RETURN(Bytes signature, pkcs11::encode_ecdsa_signature(type, raw));
    // The public key is that of another object, and a token is a computer that can err.
    if (!check_signature(public_key_, scheme_for_key(type), message, signature)) {
      return fail(Code::kTokenFailed,
                  "the token's signature does not belong to the public key that it has for the "
                  "private key");
    }
    return signature;
  }

 private:
  Module module_;
  Session session_;  // Ends before the module.
  CK_OBJECT_HANDLE key_;
  PublicKey public_key_;
  std::optional<PinPerSignature> pin_;
};

Result<void> check_type(const Pkcs11Uri& uri) {
  if (!uri.type || *uri.type == Pkcs11ObjectType::kPrivate) return {};
  return fail(Code::kUsage, "expected a PKCS #11 URI of a private key, found another type");
}

// The PIN that signing needs again, if it does.
Result<std::optional<PinPerSignature>> pin_to_keep(const Session& session, CK_OBJECT_HANDLE key,
                                                   Token token, std::optional<Pin> pin) {
  HALLMARK_ASSIGN_OR_RETURN(const Bytes always, session.attribute(key, CKA_ALWAYS_AUTHENTICATE));
  if (always.size() != sizeof(CK_BBOOL) || always.front() == CK_FALSE || !pin) {
    return std::optional<PinPerSignature>();
  }
  return std::optional<PinPerSignature>({std::move(token), *std::move(pin)});
}

}  // namespace

Result<std::unique_ptr<Signer>> open_token_signer(const Pkcs11Uri& uri, PinSource& pins) {
  HALLMARK_TRY(check_type(uri));
  HALLMARK_ASSIGN_OR_RETURN(const std::string path, pkcs11::find_module(uri));
  HALLMARK_ASSIGN_OR_RETURN(Module module, Module::load(path));
  HALLMARK_ASSIGN_OR_RETURN(Token token, pkcs11::choose_token(module.functions(), uri));
  HALLMARK_ASSIGN_OR_RETURN(Session session, Session::open(module.functions(), token.slot));
  std::optional<Pin> pin;
  if (token.has(CKF_LOGIN_REQUIRED)) {
    HALLMARK_ASSIGN_OR_RETURN(pin, Pin::obtain(token, uri, pins));
    HALLMARK_TRY(pkcs11::log_in(session, CKU_USER, token, *pin));
  }
  HALLMARK_ASSIGN_OR_RETURN(const CK_OBJECT_HANDLE key, pkcs11::find_private_key(session, uri));
  HALLMARK_ASSIGN_OR_RETURN(PublicKey public_key, pkcs11::find_public_key(session, key));
  HALLMARK_ASSIGN_OR_RETURN(auto kept, pin_to_keep(session, key, std::move(token), std::move(pin)));
  return std::make_unique<TokenSigner>(std::move(module), std::move(session), key,
                                       std::move(public_key), std::move(kept));
}

}  // namespace hallmark::crypto

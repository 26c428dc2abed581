#pragma once

#include "crypto/pkcs11/session.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/key.h"
#include "hallmark/crypto/pkcs11_uri.h"

namespace hallmark::crypto::pkcs11 {

/// The one private key of the URI's label and id that the session shows. Fails with
/// kTokenKeyNotFound or kTokenKeyAmbiguous, naming the private keys that are there, with
/// kKeyUnsupported when it is no EC key, or with kTokenFailed.
Result<CK_OBJECT_HANDLE> find_private_key(const Session& session, const Pkcs11Uri& uri);

/// The public key that the token keeps for a private key: of its public key objects with the same
/// CKA_ID (or the same label, where there is none), or else of its certificates. Fails with
/// kTokenKeyNotFound when there is neither, with kTokenKeyAmbiguous when they hold different keys,
/// and with kKeyUnsupported or kKeyMalformed.
Result<PublicKey> find_public_key(const Session& session, CK_OBJECT_HANDLE private_key);

}  // namespace hallmark::crypto::pkcs11

#pragma once

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/key.h"

namespace hallmark::crypto::pkcs11 {

/// A public key from CKA_EC_PARAMS (DER of the curve's name) and CKA_EC_POINT: the point itself, or
/// in a DER OCTET STRING, as PKCS #11 v2.40 says and not all modules do. Fails with kKeyMalformed
/// or kKeyUnsupported.
Result<PublicKey> decode_ec_public_key(ByteView parameters, ByteView point);

/// An ECDSA signature of PKCS #11, r and s side by side in the length of the curve's field (v2.40
/// mechanisms section 2.3.1), as DER. Fails with kTokenFailed when it has another length.
Result<Bytes> encode_ecdsa_signature(KeyType type, ByteView r_and_s);

}  // namespace hallmark::crypto::pkcs11

#pragma once

#include <memory>
#include <string>

#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"
#include "hallmark/crypto/pkcs11_uri.h"
#include "hallmark/crypto/signature.h"

namespace hallmark::crypto {

/// Which token's PIN is asked for.
struct PinRequest {
  std::string token;              ///< Its label; not escaped for display.
  bool wrong_pin_before = false;  ///< The last try, whoever's, was wrong.
};

/// Asks for the PIN of a token; called at most once, only when the URI holds none and the token
/// does not ask for it on its own device.
class PinSource {
 public:
  virtual ~PinSource() = default;
  /// Fails with kPinRequired when there is none to give.
  virtual Result<base::Secret> pin(const PinRequest& request) = 0;
};

/// A signer whose private key stays on a PKCS #11 token (v2.40): P-256, P-384 or P-521, by
/// CKM_ECDSA over the curve's hash. The PKCS #11 module that the URI names is loaded into this
/// process. Exactly one token and exactly one private key on it must match the URI; the public key
/// is that of the token's public key objects with the same CKA_ID, or else of its certificates.
/// Each signature is verified with that public key before it is given out.
///
/// A PIN is tried once and never again; it is not tried at all when the token says that the PIN is
/// locked (kPinLocked) or that this would be its last try (kPinFinalTry), and when it cannot be one
/// by its length (kPinWrong). The signer logs out, closes its session, and unloads the module when
/// it ends. One thread uses it at a time.
///
/// Fails with kTokenModuleUnusable, kTokenNotFound, kTokenAmbiguous, kTokenKeyNotFound,
/// kTokenKeyAmbiguous, kTokenFailed, kKeyUnsupported, kKeyMalformed, kPinRequired, kPinWrong,
/// kPinLocked, kPinFinalTry; kUsage for a URI that asks for another type of object than a private
/// key; and with what reading the PIN's file can fail with.
Result<std::unique_ptr<Signer>> open_token_signer(const Pkcs11Uri& uri, PinSource& pins);

}  // namespace hallmark::crypto

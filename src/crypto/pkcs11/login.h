#pragma once

#include <optional>

#include "crypto/pkcs11/session.h"
#include "crypto/pkcs11/token.h"
#include "hallmark/base/secret.h"
#include "hallmark/crypto/token_signer.h"

namespace hallmark::crypto::pkcs11 {

/// A PIN that is allowed to be tried, or the knowledge that the token asks for it on its own
/// device.
class Pin {
 public:
  /// Finds the PIN: that of the URI, of the URI's file, of `pins`. Nobody is asked when it must not
  /// be tried. Fails with kPinLocked, kPinFinalTry, kPinRequired or kPinWrong, and as files do.
  static Result<Pin> obtain(const Token& token, const Pkcs11Uri& uri, PinSource& pins);

  /// Null: the token asks.
  [[nodiscard]] const base::Secret* text() const { return text_ ? &*text_ : nullptr; }

 private:
  explicit Pin(std::optional<base::Secret> text) : text_(std::move(text)) {}

  std::optional<base::Secret> text_;
};

/// Logs in, once. Fails with kPinWrong, kPinLocked or kTokenFailed.
Result<void> log_in(Session& session, CK_USER_TYPE user, const Token& token, const Pin& pin);

}  // namespace hallmark::crypto::pkcs11

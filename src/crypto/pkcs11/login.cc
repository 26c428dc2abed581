#include "crypto/pkcs11/login.h"

#include <fmt/core.h>

#include "crypto/pkcs11/failure.h"
#include "hallmark/base/file.h"

namespace hallmark::crypto::pkcs11 {
namespace {

constexpr std::size_t kLongestPinFile = 4096;

// A wrong try more could make the key unusable for good, so this is not the place for it.
Result<void> check_tries(const Token& token) {
  if (token.has(CKF_USER_PIN_LOCKED)) {
    return fail(Code::kPinLocked, fmt::format("the PIN of {} is locked", describe(token)));
  }
  if (token.has(CKF_USER_PIN_FINAL_TRY)) {
    return fail(Code::kPinFinalTry,
                fmt::format("one more wrong PIN would lock {}, so none is tried; log in with "
                            "another program first, which takes the warning away",
                            describe(token)));
  }
  return {};
}

Result<base::Secret> find_pin(const Token& token, const Pkcs11Uri& uri, PinSource& pins) {
  if (uri.pin_value) return base::Secret(std::string(uri.pin_value->expose_secret()));
  if (uri.pin_file) {
    auto pin = base::read_secret_line(*uri.pin_file, kLongestPinFile);
    if (!pin) return fail(std::move(pin.error()).within("PIN"));
    return pin;
  }
  return pins.pin({token.label, token.has(CKF_USER_PIN_COUNT_LOW)});
}

// What cannot be the PIN must not cost a try. How long it is would be a part of the secret.
Result<void> check_length(const Token& token, const base::Secret& pin) {
  const std::size_t size = pin.expose_secret().size();
  if (size == 0) {
    return fail(Code::kPinRequired, fmt::format("the PIN given for {} is empty", describe(token)));
  }
  const bool known = token.longest_pin != 0 && token.longest_pin != CK_UNAVAILABLE_INFORMATION &&
                     token.shortest_pin <= token.longest_pin;
  if (!known || (size >= token.shortest_pin && size <= token.longest_pin)) return {};
  return fail(Code::kPinWrong,
              fmt::format("the PIN given cannot be that of {}, which has {} to {} bytes; it was "
                          "not tried",
                          describe(token), token.shortest_pin, token.longest_pin));
}

}  // namespace

Result<Pin> Pin::obtain(const Token& token, const Pkcs11Uri& uri, PinSource& pins) {
  HALLMARK_TRY(check_tries(token));
  if (token.has(CKF_PROTECTED_AUTHENTICATION_PATH)) return Pin(std::nullopt);
  HALLMARK_ASSIGN_OR_RETURN(base::Secret pin, find_pin(token, uri, pins));
  HALLMARK_TRY(check_length(token, pin));
  return Pin(std::move(pin));
}

Result<void> log_in(Session& session, CK_USER_TYPE user, const Token& token, const Pin& pin) {
  const CK_RV result = session.log_in(user, pin.text());
  switch (result) {
    case CKR_OK:
      return {};
    case CKR_PIN_INCORRECT:
    case CKR_PIN_INVALID:
    case CKR_PIN_LEN_RANGE:
      return fail(Code::kPinWrong,
                  fmt::format("{} refused the PIN; it is not tried again", describe(token)));
    case CKR_PIN_LOCKED:
      return fail(Code::kPinLocked, fmt::format("the PIN of {} is locked", describe(token)));
    default:
      return token_failed("C_Login", result);
  }
}

}  // namespace hallmark::crypto::pkcs11

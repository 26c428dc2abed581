#pragma once

#include <string>

#include "crypto/pkcs11/cryptoki.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/pkcs11_uri.h"

namespace hallmark::crypto::pkcs11 {

/// What a module says of a token in one of its slots.
struct Token {
  CK_SLOT_ID slot = 0;
  std::string label;
  std::string manufacturer;
  std::string model;
  std::string serial;
  CK_FLAGS flags = 0;
  CK_ULONG shortest_pin = 0;
  CK_ULONG longest_pin = 0;

  [[nodiscard]] bool has(CK_FLAGS flag) const { return (flags & flag) != 0; }
};

/// The label of a token as it can be shown: "token 'release'".
std::string describe(const Token& token);

/// The one initialised token that matches the URI; signing with whichever comes first would leave
/// the choice of the key to the order of slots. Fails with kTokenNotFound or kTokenAmbiguous,
/// naming the tokens that are there, or with kTokenFailed.
Result<Token> choose_token(const Functions& functions, const Pkcs11Uri& uri);

}  // namespace hallmark::crypto::pkcs11

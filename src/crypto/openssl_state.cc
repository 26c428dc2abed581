#include "crypto/openssl_state.h"

#include <fmt/core.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

namespace hallmark::crypto {
namespace {

bool is_missing_algorithm(unsigned long error) {
  const int reason = ERR_GET_REASON(error);
  switch (ERR_GET_LIB(error)) {
    case ERR_LIB_EVP:
      return reason == ERR_R_UNSUPPORTED || reason == EVP_R_UNSUPPORTED_CIPHER ||
             reason == EVP_R_UNSUPPORTED_ALGORITHM || reason == EVP_R_UNKNOWN_PBE_ALGORITHM ||
             reason == EVP_R_UNSUPPORTED_PRF || reason == EVP_R_UNKNOWN_CIPHER ||
             reason == EVP_R_UNSUPPORTED_KEY_DERIVATION_FUNCTION;
    case ERR_LIB_PEM:
      return reason == PEM_R_UNSUPPORTED_ENCRYPTION || reason == PEM_R_UNSUPPORTED_CIPHER;
    default:
      return false;
  }
}

}  // namespace

void prepare_openssl() {
  // Reading the machine's openssl.cnf and 2000 error texts would take longer than a verification;
  // the configuration could also swap algorithms under a verifier.
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS, nullptr);
}

OpensslScope::~OpensslScope() { ERR_clear_error(); }

std::string describe_openssl_error() {
  return fmt::format("OpenSSL error {:08X}", ERR_peek_last_error());
}

bool openssl_lacks_algorithm() {
  while (const unsigned long error = ERR_get_error()) {
    if (is_missing_algorithm(error)) return true;
  }
  return false;
}

}  // namespace hallmark::crypto

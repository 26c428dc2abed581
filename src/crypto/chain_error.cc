#include "crypto/chain_error.h"

#include <utility>

#include <fmt/core.h>

#include "crypto/certificate.h"
#include "hallmark/base/utf8.h"

namespace hallmark::crypto {
namespace {

bool is_untrusted(int verdict) {
  switch (verdict) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_UNTRUSTED:
      return true;
    default:
      return false;
  }
}

bool is_weak(int verdict) {
  return verdict == X509_V_ERR_EE_KEY_TOO_SMALL || verdict == X509_V_ERR_CA_KEY_TOO_SMALL ||
         verdict == X509_V_ERR_CA_MD_TOO_WEAK;
}

// Whether a certificate is revoked cannot be told: the list is missing, stale or not its issuer's.
bool is_revocation_unknown(int verdict) {
  switch (verdict) {
    case X509_V_ERR_UNABLE_TO_GET_CRL:
    case X509_V_ERR_UNABLE_TO_DECRYPT_CRL_SIGNATURE:
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
    case X509_V_ERR_CRL_NOT_YET_VALID:
    case X509_V_ERR_CRL_HAS_EXPIRED:
    case X509_V_ERR_ERROR_IN_CRL_LAST_UPDATE_FIELD:
    case X509_V_ERR_ERROR_IN_CRL_NEXT_UPDATE_FIELD:
    case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
    case X509_V_ERR_KEYUSAGE_NO_CRL_SIGN:
    case X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION:
    case X509_V_ERR_DIFFERENT_CRL_SCOPE:
    case X509_V_ERR_CRL_PATH_VALIDATION_ERROR:
      return true;
    default:
      return false;
  }
}

Code code_of(int verdict) {
  if (verdict == X509_V_ERR_OUT_OF_MEM || verdict == X509_V_OK) return Code::kInternal;
  if (verdict == X509_V_ERR_CERT_REVOKED) return Code::kCertificateRevoked;
  if (is_untrusted(verdict)) return Code::kCertificateUntrusted;
  if (is_weak(verdict)) return Code::kCertificateWeak;
  if (is_revocation_unknown(verdict)) return Code::kRevocationUnknown;
  return Code::kCertificateInvalid;
}

// The certificate that OpenSSL was looking at; the leaf when it names none.
Certificate refused_certificate(X509_STORE_CTX& context, const Certificate& leaf) {
  X509* current = X509_STORE_CTX_get_current_cert(&context);
  if (current == nullptr) return leaf;
  X509_up_ref(current);
  auto certificate = certificate_from(X509Handle(current));
  return certificate ? *std::move(certificate) : leaf;
}

}  // namespace

std::string describe_position(const Certificate& certificate, int position) {
  return fmt::format("certificate '{}' (position {}, 0 is the leaf)",
                     base::escape_for_display(certificate.subject()), position);
}

Error certificate_expired(const Certificate& certificate, int position, base::UnixTime at) {
  return {Code::kCertificateExpired,
          fmt::format("{}: expired at {}, checked for {}", describe_position(certificate, position),
                      base::to_string(certificate.not_after()), base::to_string(at))};
}

Error certificate_not_yet_valid(const Certificate& certificate, int position, base::UnixTime at) {
  return {Code::kCertificateNotYetValid,
          fmt::format("{}: valid from {}, checked for {}", describe_position(certificate, position),
                      base::to_string(certificate.not_before()), base::to_string(at))};
}

bool has_malformed_extension(const Certificate& certificate) {
  return (X509_get_extension_flags(certificate.native().x509.get()) & EXFLAG_INVALID) != 0;
}

Error malformed_extension(const Certificate& certificate, int position) {
  return {Code::kCertificateInvalid,
          fmt::format("{}: an extension is malformed", describe_position(certificate, position))};
}

Error describe_refusal(X509_STORE_CTX& context, const Certificate& leaf, base::UnixTime at) {
  const int verdict = X509_STORE_CTX_get_error(&context);
  const int position = X509_STORE_CTX_get_error_depth(&context);
  const Certificate certificate = refused_certificate(context, leaf);
  if (verdict == X509_V_ERR_CERT_HAS_EXPIRED) return certificate_expired(certificate, position, at);
  if (verdict == X509_V_ERR_CERT_NOT_YET_VALID) {
    return certificate_not_yet_valid(certificate, position, at);
  }
  // OpenSSL finds no issuer for a certificate whose extensions it cannot read.
  if (has_malformed_extension(certificate)) return malformed_extension(certificate, position);
  return {code_of(verdict), fmt::format("{}: {}", describe_position(certificate, position),
                                        X509_verify_cert_error_string(verdict))};
}

}  // namespace hallmark::crypto

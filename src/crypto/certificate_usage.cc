#include <fmt/core.h>

#include "crypto/certificate.h"
#include "crypto/chain_error.h"
#include "crypto/native.h"
#include "crypto/openssl_state.h"
#include "hallmark/crypto/chain.h"

namespace hallmark::crypto {
namespace {

tl::unexpected<Error> refuse(Code code, const Certificate& leaf, std::string_view reason) {
  return fail(code, fmt::format("{}: {}", describe_position(leaf, 0), reason));
}

bool may_sign_code(const Certificate& certificate) {
  X509* x509 = certificate.native().x509.get();
  if ((X509_get_extension_flags(x509) & EXFLAG_XKUSAGE) == 0) return true;
  return (X509_get_extended_key_usage(x509) & (XKU_CODE_SIGN | XKU_ANYEKU)) != 0;
}

constexpr std::string_view kNotForCode =
    "its extendedKeyUsage lacks codeSigning and anyExtendedKeyUsage";

// The second of notAfter itself is refused as in OpenSSL, so that signer and verifier agree.
Result<void> check_time(const Certificate& leaf, base::UnixTime at) {
  if (at < leaf.not_before()) return fail(certificate_not_yet_valid(leaf, 0, at));
  if (at >= leaf.not_after()) return fail(certificate_expired(leaf, 0, at));
  return {};
}

// RFC 5280 sections 4.2.1.3 and 4.2.1.12. OpenSSL 3.0 has no purpose for code signing.
Result<void> check_usage(const Certificate& leaf) {
  if (has_malformed_extension(leaf)) return fail(malformed_extension(leaf, 0));
  X509* x509 = leaf.native().x509.get();
  const std::uint32_t extensions = X509_get_extension_flags(x509);
  const bool has_usage = (extensions & EXFLAG_KUSAGE) != 0;
  const bool has_extended_usage = (extensions & EXFLAG_XKUSAGE) != 0;
  if (has_usage && (X509_get_key_usage(x509) & KU_DIGITAL_SIGNATURE) == 0) {
    return refuse(Code::kCertificateKeyUsage, leaf, "its keyUsage lacks digitalSignature");
  }
  if (!may_sign_code(leaf)) {
    return refuse(Code::kCertificateExtendedKeyUsage, leaf, kNotForCode);
  }
  if (!has_usage && !has_extended_usage) {
    return refuse(Code::kCertificateKeyUsage, leaf,
                  "expected keyUsage or extendedKeyUsage, found neither");
  }
  return {};
}

}  // namespace

Result<void> check_signing_certificate(const Certificate& leaf, base::UnixTime at) {
  const OpensslScope scope;
  HALLMARK_TRY(check_time(leaf, at));
  return check_usage(leaf);
}

// RFC 5280 gives extendedKeyUsage a meaning in leaves only; that it also restricts what an
// authority may issue is the practice of the CA/Browser Forum (baseline requirements for code
// signing, section 7.1.2) and of other verifiers.
Result<void> check_authorities_usage(std::span<const Certificate> chain) {
  for (std::size_t i = 1; i + 1 < chain.size(); ++i) {
    if (may_sign_code(chain[i])) continue;
    return fail(
        Code::kCertificateExtendedKeyUsage,
        fmt::format("{}: {}", describe_position(chain[i], static_cast<int>(i)), kNotForCode));
  }
  return {};
}

}  // namespace hallmark::crypto

#pragma once

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/base/unix_time.h"
#include "hallmark/crypto/certificate.h"

namespace hallmark::crypto {

/// What a verifier of certificates trusts and demands; the same for all models it looks at.
struct TrustAnchors {
  /// Certificates given as trusted. A chain must end at a self-signed one among them; the others
  /// only help to build it.
  std::vector<Certificate> certificates;
  /// Also trust the roots of this machine (`SSL_CERT_FILE`, `SSL_CERT_DIR`, the distributions'
  /// usual places). They vouch for web servers, not for model signers: never on by default. When
  /// they cannot be read, verify_chain fails with kCertificateUnreadable.
  bool trust_system_roots = false;
  /// When not empty, the leaf's issuer must have a list here that is current and does not name
  /// the leaf; other certificates of the chain are looked up where their issuer has a list.
  std::vector<RevocationList> revocation_lists;
};

/// A chain that `verify_chain` accepted. Only it can make one.
class VerifiedChain {
 public:
  [[nodiscard]] const Certificate& leaf() const { return certificates_.front(); }
  /// Leaf first, root last.
  [[nodiscard]] const std::vector<Certificate>& certificates() const { return certificates_; }
  [[nodiscard]] base::UnixTime valid_at() const { return valid_at_; }

 private:
  friend Result<VerifiedChain> verify_chain(const Certificate&, std::span<const Certificate>,
                                            const TrustAnchors&, base::UnixTime);
  VerifiedChain(std::vector<Certificate> certificates, base::UnixTime valid_at)
      : certificates_(std::move(certificates)), valid_at_(valid_at) {}

  std::vector<Certificate> certificates_;
  base::UnixTime valid_at_;
};

/// Builds and checks a chain from `leaf` over `intermediates` (untrusted) to a trusted root
/// (RFC 5280 section 6). Every certificate, the root too, must be valid at `at` (the second of its
/// notAfter excluded), and so must every revocation list; signatures, those of lists too, need at
/// least 112 bits of security; at most 8 intermediates lie between; the leaf must be meant for
/// signing: a keyUsage has digitalSignature, an extendedKeyUsage has codeSigning or
/// anyExtendedKeyUsage, and one of the two must be there. An extendedKeyUsage of an authority below
/// the root needs the same.
///
/// Fails with kCertificateUntrusted, kCertificateExpired, kCertificateNotYetValid,
/// kCertificateRevoked, kRevocationUnknown, kCertificateKeyUsage, kCertificateExtendedKeyUsage,
/// kCertificateWeak or kCertificateInvalid; the message names the certificate.
Result<VerifiedChain> verify_chain(const Certificate& leaf,
                                   std::span<const Certificate> intermediates,
                                   const TrustAnchors& anchors, base::UnixTime at);

/// The part of the above that concerns the leaf alone, as a signer checks before it signs: valid
/// at `at` and meant for signing.
Result<void> check_signing_certificate(const Certificate& leaf, base::UnixTime at);

/// The only type of alternative name that can be `identity`: a URI when it begins with a scheme and
/// a colon (RFC 3986 section 3.1), or has "://" in it; else an e-mail address when it has an "@";
/// else a DNS name.
NameType identity_type(std::string_view identity);

/// Compares `identity` byte by byte with those of the leaf's subject alternative names that have
/// its type. Fails with kCertificateIdentityMismatch, naming all that are there; the empty identity
/// is nobody's.
Result<void> check_identity(const VerifiedChain& chain, std::string_view identity);

}  // namespace hallmark::crypto

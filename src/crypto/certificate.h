#pragma once

#include <span>
#include <string>

#include "crypto/native.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/certificate.h"

namespace hallmark::crypto {

/// Wraps what OpenSSL has read; checks the version and that the validity holds times.
Result<Certificate> certificate_from(X509Handle x509);

/// A distinguished name in the form of RFC 2253, UTF-8.
std::string name_text(const X509_NAME* name);

/// Demands of every authority between leaf and root that its extendedKeyUsage, if there, allows
/// code signing. Fails with kCertificateExtendedKeyUsage.
Result<void> check_authorities_usage(std::span<const Certificate> chain);

}  // namespace hallmark::crypto

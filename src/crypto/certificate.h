#pragma once

#include <span>

#include "crypto/native.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/certificate.h"

namespace hallmark::crypto {

/// Wraps what OpenSSL has read; checks the version and that the validity holds times.
Result<Certificate> certificate_from(X509Handle x509);

/// Demands of every authority between leaf and root that its extendedKeyUsage, if there, allows
/// code signing. Fails with kCertificateExtendedKeyUsage.
Result<void> check_authorities_usage(std::span<const Certificate> chain);

}  // namespace hallmark::crypto

#pragma once

#include "crypto/native.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/certificate.h"

namespace hallmark::crypto {

/// Wraps what OpenSSL has read; checks the version and that the validity holds times.
Result<Certificate> certificate_from(X509Handle x509);

}  // namespace hallmark::crypto

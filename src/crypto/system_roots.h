#pragma once

#include "crypto/native.h"
#include "hallmark/base/result.h"

namespace hallmark::crypto {

/// Makes the roots of this machine trusted: those that `SSL_CERT_FILE` and `SSL_CERT_DIR` name,
/// otherwise the first bundle that a distribution keeps in its usual place. Fails with
/// kCertificateUnreadable.
Result<void> add_system_roots(X509_STORE& store);

}  // namespace hallmark::crypto

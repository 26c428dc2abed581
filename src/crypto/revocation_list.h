#pragma once

#include "hallmark/base/result.h"
#include "hallmark/base/unix_time.h"
#include "hallmark/crypto/certificate.h"

namespace hallmark::crypto {

/// What OpenSSL leaves open: it passes over a list that is out of date when it finds another, and
/// does not hold lists to the security level. But who gives a list relies on it, so that each must
/// be current at `at` and signed with a digest of 112 bits of security. Fails with
/// kRevocationUnknown, naming the list's issuer.
Result<void> check_list(const RevocationList& list, base::UnixTime at);

}  // namespace hallmark::crypto

#pragma once

#include <span>
#include <string_view>

#include "hallmark/attest/bundle.h"
#include "hallmark/base/result.h"
#include "hallmark/base/unix_time.h"
#include "hallmark/crypto/certificate.h"
#include "hallmark/crypto/signature.h"

namespace hallmark::attest {

/// Signs a statement with a bare key. The signature is verified before it is returned.
Result<Bundle> sign_with_key(std::string_view statement, crypto::Signer& signer);

/// Signs a statement with a certified key. `chain` is the leaf, which must certify the signer's key
/// (kCertificateKeyMismatch), be valid at `now` and meant for signing, and then whatever else goes
/// into the bundle, kMostCertificates in all (kLimitExceeded). The signature is verified before it
/// is returned.
Result<Bundle> sign_with_certificate(std::string_view statement, crypto::Signer& signer,
                                     std::span<const crypto::Certificate> chain,
                                     base::UnixTime now);

}  // namespace hallmark::attest

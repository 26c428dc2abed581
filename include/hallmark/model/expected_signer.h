#pragma once

#include <variant>

#include "hallmark/attest/verify.h"
#include "hallmark/crypto/key.h"

namespace hallmark::model {

/// Whom a signature must be from: the owner of a key, or of a certificate as it is demanded.
using ExpectedSigner = std::variant<crypto::PublicKey, attest::CertificateExpectations>;

}  // namespace hallmark::model

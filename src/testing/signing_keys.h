#pragma once

#include <string>

#include "hallmark/attest/bundle.h"
#include "hallmark/crypto/certificate.h"
#include "hallmark/crypto/chain.h"
#include "hallmark/crypto/signature.h"

namespace hallmark::testing {

/// A file of testdata/signed.
std::string signed_data(const std::string& name);

/// The keys, certificates and bundles there; see its PROVENANCE.md. `name` is "p256", "p384" and so
/// on for keys and certificates.
crypto::PublicKey public_key(const std::string& name);
crypto::PrivateKeySigner signer(const std::string& name);
crypto::Certificate certificate(const std::string& name);
attest::Bundle bundle(const std::string& name);

/// Trust in the root of those certificates.
crypto::TrustAnchors test_anchors();

/// A moment at which the certificates are valid: 2030-01-01T00:00:00Z.
inline constexpr base::UnixTime kTestTime{1893456000};

}  // namespace hallmark::testing

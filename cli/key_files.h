#pragma once

#include <string>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/crypto/certificate.h"
#include "hallmark/crypto/chain.h"
#include "hallmark/crypto/key.h"

namespace hallmark::cli {

/// Files with keys and certificates that the user named. An unreadable or malformed one is the
/// verifier's own configuration, not the signer's evidence: its code always means undecided.
Result<crypto::PublicKey> load_public_key(const std::string& path);
Result<crypto::PrivateKey> load_private_key(const std::string& path,
                                            crypto::PassphraseSource& passphrase);

/// All certificates of all files, in order.
Result<std::vector<crypto::Certificate>> load_certificates(const std::vector<std::string>& paths);

/// What a signature carries: the one certificate of the signer's file, then all of the others.
Result<std::vector<crypto::Certificate>> load_signing_chain(const std::string& signer,
                                                            const std::vector<std::string>& others);

Result<std::vector<crypto::RevocationList>> load_revocation_lists(
    const std::vector<std::string>& paths);

}  // namespace hallmark::cli

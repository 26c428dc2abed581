#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/attest/bundle.h"
#include "hallmark/attest/statement.h"
#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/base/unix_time.h"
#include "hallmark/crypto/certificate.h"
#include "hallmark/crypto/key.h"
#include "hallmark/crypto/signature.h"
#include "hallmark/hash/digest.h"

// Signing in two steps, for a private key that is elsewhere: a service, a token, a machine without
// a network (docs/guide/detached-signing.md).

namespace hallmark::attest {

inline constexpr std::string_view kSigningStateSchema = "hallmark-signing-state/v1";

/// The largest signing state that is read, in bytes: the payload is the same as in a bundle.
inline constexpr std::size_t kLargestSigningState = kLargestBundle;

/// What is kept between the two steps: what is signed, and what the bundle will say of the signer.
struct SigningState {
  crypto::PublicKey key;  ///< Whose signature is awaited.
  /// Empty: a bare key. Else the key's certificate, then those that go along, at most
  /// kMostCertificates.
  std::vector<crypto::Certificate> chain;
  Bytes payload;  ///< The statement.
};

/// How the awaited signature is made: `scheme_for_key` or `scheme_for_certificate`.
crypto::SignatureScheme scheme_of(const SigningState& state);

/// The bytes that the signer signs: the payload's PAE (attest/dsse.h).
Bytes message_of(const SigningState& state);

/// Digest of `message_of` by the hash function that the scheme has inside, for signers that are
/// given a digest; SHA-512 for both forms of Ed25519. Pure Ed25519 cannot be made from a digest.
hash::Digest message_digest(const SigningState& state);

/// The first step with a bare key.
SigningState prepare_with_key(std::string_view statement, crypto::PublicKey key);

/// The first step with a certified key. `chain` is as for `sign_with_certificate`, and is checked
/// in the same way: kLimitExceeded, or the codes of `crypto::check_signing_certificate`.
Result<SigningState> prepare_with_certificate(std::string_view statement,
                                              std::vector<crypto::Certificate> chain,
                                              base::UnixTime now);

/// Writes a state as JSON, as docs/formats/signing-state.md says.
std::string encode_signing_state(const SigningState& state);

/// Reads a state strictly. Everything in it that follows from something else is computed again:
/// kSigningStateMismatch where it differs. Every other fault has the code of the rule that is
/// broken, a rejection, or, where a key cannot be read, kKeyMalformed or kKeyUnsupported.
Result<SigningState> decode_signing_state(std::string_view json);

/// What the second step gives.
struct AttachedSignature {
  Bundle bundle;
  ModelStatement statement;  ///< What the bundle's payload says.
};

/// The second step: makes a bundle of a state and a signature that was made elsewhere. The
/// signature is verified before; a wrong one fails with kSignatureInvalid. A certificate must still
/// be valid at `now`, and the payload a statement: else it fails with the code of the rule.
Result<AttachedSignature> attach_signature(SigningState state, ByteView signature,
                                           base::UnixTime now);

}  // namespace hallmark::attest

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "hallmark/attest/detached.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/key.h"
#include "hallmark/crypto/signature.h"
#include "hallmark/hash/digest.h"
#include "hallmark/model/context.h"
#include "hallmark/model/sign.h"

// Signing in two steps, for a private key that is elsewhere (docs/guide/detached-signing.md).

namespace hallmark::model {

struct PrepareRequest {
  /// As for `sign_model`: nothing is written to `signature`, but it is left out of what is signed.
  SignRequest signing;
  crypto::PublicKey key;  ///< Of the signer; with a chain the key that its leaf certifies.
  /// Where the bytes go that have to be signed, and the state. Neither may exist (kAlreadyExists)
  /// or be inside the model (kUsage), where it would be a file that nobody signed.
  std::string message;
  std::string state;
};

struct PrepareReport {
  SignReport model;                 ///< What will have been signed.
  std::uint64_t message_bytes = 0;  ///< Length of what is to be signed.
  crypto::SignatureScheme scheme;
  /// Digest of the message, by the hash function that the signer has to use.
  hash::Digest message_digest = hash::Digest::zero(hash::Algorithm::kSha256);
  /// SHA-256 of the state's file, for `AttachRequest::state_digest`.
  hash::Digest state_digest = hash::Digest::zero(hash::Algorithm::kSha256);
};

/// The first step: all of `sign_model` but the signature. Writes both files or none. Fails with
/// kCertificateKeyMismatch when the chain's leaf certifies another key, and as `sign_model` does.
Result<PrepareReport> prepare_signature(const PrepareRequest& request, const Context& context);

/// The longest raw signature that is read, in bytes: one by the largest RSA key has 2048.
inline constexpr std::size_t kLargestRawSignature = 4096;

struct AttachRequest {
  std::string state;
  std::string raw_signature;  ///< DER for ECDSA, the plain bytes for RSA and Ed25519.
  std::string signature;      ///< Where the bundle goes; replaced only when it is a bundle.
  /// What `prepare_signature` told. The signature does not cover the certificates, nor which of the
  /// keys under which it verifies was meant: whoever can write to the state can exchange these
  /// unless this is given.
  std::optional<hash::Digest> state_digest;
};

struct AttachReport {
  std::string subject;  ///< The model's name as signed.
  hash::Digest digest = hash::Digest::zero(hash::Algorithm::kSha256);  ///< The root digest.
  std::uint64_t files = 0;                                             ///< That are signed.
  HashingOptions hashing;                                              ///< How they were hashed.
  crypto::PublicKey key;                                               ///< Of the signer.
  crypto::SignatureScheme scheme;
  bool certified = false;  ///< The bundle carries a certificate.
};

/// The second step, which reads no model: verifies the signature, then stores the bundle durably.
/// Fails with kSignatureInvalid; kSigningStateMismatch when the state's parts do not belong
/// together or its digest is another; kSigningStateUnreadable when it is no state. On failure there
/// is no partial bundle, and an older one is intact.
Result<AttachReport> attach_signature(const AttachRequest& request, const Context& context);

}  // namespace hallmark::model

#include "hallmark/attest/detached.h"

#include <fmt/core.h>

#include "hallmark/attest/dsse.h"
#include "hallmark/crypto/chain.h"
#include "hallmark/hash/hasher.h"

namespace hallmark::attest {
namespace {

hash::Algorithm hash_of(crypto::SignatureScheme scheme) {
  switch (scheme) {
    case crypto::SignatureScheme::kEcdsaSha256:
    case crypto::SignatureScheme::kRsaPkcs1Sha256:
      return hash::Algorithm::kSha256;
    case crypto::SignatureScheme::kEcdsaSha384:
      return hash::Algorithm::kSha384;
    case crypto::SignatureScheme::kEcdsaSha512:
    case crypto::SignatureScheme::kEd25519:
    case crypto::SignatureScheme::kEd25519ph:
      break;
  }
  return hash::Algorithm::kSha512;
}

}  // namespace

crypto::SignatureScheme scheme_of(const SigningState& state) {
  const crypto::KeyType type = state.key.type();
  return state.chain.empty() ? crypto::scheme_for_key(type) : crypto::scheme_for_certificate(type);
}

Bytes message_of(const SigningState& state) { return pre_authentication_encoding(state.payload); }

hash::Digest message_digest(const SigningState& state) {
  return hash::hash_bytes(hash_of(scheme_of(state)), message_of(state));
}

SigningState prepare_with_key(std::string_view statement, crypto::PublicKey key) {
  const ByteView payload = bytes_of(statement);
  return {std::move(key), {}, Bytes(payload.begin(), payload.end())};
}

Result<SigningState> prepare_with_certificate(std::string_view statement,
                                              std::vector<crypto::Certificate> chain,
                                              base::UnixTime now) {
  HALLMARK_CHECK(!chain.empty());
  if (chain.size() > kMostCertificates) {
    return fail(Code::kLimitExceeded, fmt::format("expected at most {} certificates, found {}",
                                                  kMostCertificates, chain.size()));
  }
  HALLMARK_ASSIGN_OR_RETURN(crypto::PublicKey key, chain.front().public_key());
  HALLMARK_TRY(crypto::check_signing_certificate(chain.front(), now));
  SigningState state = prepare_with_key(statement, std::move(key));
  state.chain = std::move(chain);
  return state;
}

Result<AttachedSignature> attach_signature(SigningState state, ByteView signature,
                                           base::UnixTime now) {
  HALLMARK_TRY(crypto::check_signature(state.key, scheme_of(state), message_of(state), signature));
  AttachedSignature attached;
  HALLMARK_ASSIGN_OR_RETURN(attached.statement, decode_statement(state.payload));
  if (state.chain.empty()) {
    attached.bundle.material = PublicKeyMaterial{.hint = state.key.hint(), .key_details = {}};
  } else {
    HALLMARK_TRY(crypto::check_signing_certificate(state.chain.front(), now));
    attached.bundle.material = CertificateMaterial{.chain = std::move(state.chain)};
  }
  attached.bundle.envelope.payload = std::move(state.payload);
  attached.bundle.envelope.signature.assign(signature.begin(), signature.end());
  return attached;
}

}  // namespace hallmark::attest

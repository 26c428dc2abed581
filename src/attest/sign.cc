#include "hallmark/attest/sign.h"

#include <fmt/core.h>

#include "hallmark/crypto/chain.h"

namespace hallmark::attest {
namespace {

Result<Bytes> sign_payload(ByteView payload, crypto::Signer& signer) {
  const Bytes message = pre_authentication_encoding(payload);
  HALLMARK_ASSIGN_OR_RETURN(Bytes signature, signer.sign(message));
  const crypto::PublicKey key = signer.public_key();
  HALLMARK_TRY(
      crypto::check_signature(key, crypto::scheme_for_key(key.type()), message, signature));
  return signature;
}

Result<Envelope> sign_envelope(std::string_view statement, crypto::Signer& signer) {
  const ByteView payload = bytes_of(statement);
  HALLMARK_ASSIGN_OR_RETURN(Bytes signature, sign_payload(payload, signer));
  return Envelope{Bytes(payload.begin(), payload.end()), std::move(signature)};
}

}  // namespace

Result<Bundle> sign_with_key(std::string_view statement, crypto::Signer& signer) {
  HALLMARK_ASSIGN_OR_RETURN(Envelope envelope, sign_envelope(statement, signer));
  Bundle bundle;
  bundle.material = PublicKeyMaterial{.hint = signer.public_key().hint(), .key_details = {}};
  bundle.envelope = std::move(envelope);
  return bundle;
}

Result<Bundle> sign_with_certificate(std::string_view statement, crypto::Signer& signer,
                                     std::span<const crypto::Certificate> chain,
                                     base::UnixTime now) {
  HALLMARK_CHECK(!chain.empty());
  if (chain.size() > kMostCertificates) {
    return fail(Code::kLimitExceeded, fmt::format("expected at most {} certificates, found {}",
                                                  kMostCertificates, chain.size()));
  }
  HALLMARK_ASSIGN_OR_RETURN(const crypto::PublicKey certified, chain.front().public_key());
  if (!(certified == signer.public_key())) {
    return fail(Code::kCertificateKeyMismatch,
                "the signing certificate certifies another key than the private key's");
  }
  HALLMARK_TRY(crypto::check_signing_certificate(chain.front(), now));
  HALLMARK_ASSIGN_OR_RETURN(Envelope envelope, sign_envelope(statement, signer));
  Bundle bundle;
  bundle.material = CertificateMaterial{.chain = {chain.begin(), chain.end()}};
  bundle.envelope = std::move(envelope);
  return bundle;
}

}  // namespace hallmark::attest

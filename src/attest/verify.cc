#include "hallmark/attest/verify.h"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/crypto/signature.h"

namespace hallmark::attest {
namespace {

using crypto::KeyType;
using crypto::SignatureScheme;

// What the reference 0.3 to 1.0 writes beside a key (sigstore_common.proto, PublicKeyDetails).
std::string_view details_of(KeyType type) {
  switch (type) {
    case KeyType::kP256:
      return "PKIX_ECDSA_P256_SHA_256";
    case KeyType::kP384:
      return "PKIX_ECDSA_P384_SHA_384";
    case KeyType::kP521:
      return "PKIX_ECDSA_P521_SHA_512";
    case KeyType::kRsa:
    case KeyType::kEd25519:
      break;
  }
  return "";
}

Result<void> check_key_material(const PublicKeyMaterial& material, const crypto::PublicKey& key,
                                base::LogSink& log) {
  if (!material.hint) {
    log.log(base::LogLevel::kWarning,
            "the signature does not say which key made it; only the given key was tried");
  } else if (*material.hint != key.hint()) {
    return fail(Code::kKeyHintMismatch,
                fmt::format("the signature was made with another key: expected hint {}, found '{}'",
                            key.hint(), base::escape_for_display(*material.hint)));
  }
  if (material.key_details && *material.key_details != details_of(key.type())) {
    return fail(
        Code::kKeyDetailsMismatch,
        fmt::format("expected keyDetails '{}' for the given key, found '{}'",
                    details_of(key.type()), base::escape_for_display(*material.key_details)));
  }
  return {};
}

// A payload of the legacy form is no longer than this: models of its time had few files, and a
// forged signature should not cost many times its size to refuse.
constexpr std::size_t kLargestLegacyPayload = std::size_t{16} << 20;

// The form in which a message was signed; the legacy one goes with the legacy statement alone.
enum class SignedForm : std::uint8_t { kStandard, kLegacy };

Result<SignedForm> check_envelope(const Envelope& envelope, const crypto::PublicKey& key,
                                  SignatureScheme scheme, SignatureScheme legacy_scheme) {
  auto standard = crypto::check_signature(
      key, scheme, pre_authentication_encoding(envelope.payload), envelope.signature);
  if (standard) return SignedForm::kStandard;
  const bool may_be_legacy = standard.error().code == Code::kSignatureInvalid &&
                             envelope.payload.size() <= kLargestLegacyPayload;
  if (!may_be_legacy) return fail(std::move(standard.error()));
  const auto legacy = crypto::check_signature(
      key, legacy_scheme, legacy_pre_authentication_encoding(envelope.payload), envelope.signature);
  if (legacy) return SignedForm::kLegacy;
  return fail(std::move(standard.error()));
}

// Reference 0.2 hashed with SHA-256 under a certificate, whatever the curve.
SignatureScheme legacy_scheme_for_certificate(KeyType type) {
  const bool is_ec = type == KeyType::kP256 || type == KeyType::kP384 || type == KeyType::kP521;
  return is_ec ? SignatureScheme::kEcdsaSha256 : crypto::scheme_for_certificate(type);
}

// Sigstore's authority for keyless signing puts what a login said into extensions of this arc,
// 1.3.6.1.4.1.57264.1.N with N below 128 (github.com/sigstore/fulcio, docs/oid-info.md). Searched
// for as bytes of the DER: nothing but the wording of a refusal depends on it.
bool looks_keyless(const crypto::Certificate& leaf) {
  constexpr auto kArc = std::to_array<std::uint8_t>(
      {0x06, 0x0a, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x83, 0xbf, 0x30, 0x01});
  return std::search(leaf.der().begin(), leaf.der().end(), kArc.begin(), kArc.end()) !=
         leaf.der().end();
}

// A refused certificate that is keyless gets a word about that: it was valid for minutes, so that
// no other chain would help.
Result<crypto::VerifiedChain> verify_material(const CertificateMaterial& material,
                                              const crypto::TrustAnchors& anchors,
                                              base::UnixTime at) {
  const std::span<const crypto::Certificate> chain(material.chain);
  auto verified = crypto::verify_chain(chain.front(), chain.subspan(1), anchors, at);
  if (!verified && failure_of(verified.error().code) == Failure::kRejected &&
      looks_keyless(chain.front())) {
    verified.error().message +=
        "; the signature looks keyless (Sigstore), which this version does not verify";
  }
  return verified;
}

// The certificate is the signer's evidence: a key in it that nobody can use is a rejection.
Result<crypto::PublicKey> certified_key(const crypto::Certificate& leaf) {
  auto key = leaf.public_key();
  if (!key) key = fail(Code::kCertificateInvalid, std::move(key.error().message));
  return key;
}

void warn_of_unused_evidence(const Bundle& bundle, base::LogSink& log) {
  if (bundle.log_entries > 0) {
    log.log(base::LogLevel::kWarning,
            fmt::format("{} transparency log entries were not looked at", bundle.log_entries));
  }
  if (bundle.timestamps > 0) {
    log.log(base::LogLevel::kWarning,
            fmt::format("{} timestamps were not looked at", bundle.timestamps));
  }
}

}  // namespace

/// The part that both methods share; the only maker of verified statements.
class StatementVerifier {
 public:
  static Result<VerifiedStatement> accept(const Bundle& bundle, SignedForm form,
                                          VerifiedSigner signer, base::LogSink& log) {
    HALLMARK_ASSIGN_OR_RETURN(ModelStatement statement, decode_statement(bundle.envelope.payload));
    if (form == SignedForm::kLegacy && statement.form != StatementForm::kLegacyDigests) {
      return fail(Code::kLegacyEncodingMisused,
                  "the signature has the form of reference 0.2, the statement has not");
    }
    for (const std::string& warning : statement.warnings) {
      log.log(base::LogLevel::kWarning, warning);
    }
    warn_of_unused_evidence(bundle, log);
    return VerifiedStatement(std::move(statement), std::move(signer));
  }
};

Result<VerifiedStatement> verify_with_key(const Bundle& bundle, const crypto::PublicKey& key,
                                          base::LogSink& log) {
  const auto* material = std::get_if<PublicKeyMaterial>(&bundle.material);
  if (material == nullptr) {
    return fail(Code::kMaterialMismatch,
                "the signature was made with a certificate, not with a bare key");
  }
  HALLMARK_TRY(check_key_material(*material, key, log));
  const SignatureScheme scheme = crypto::scheme_for_key(key.type());
  HALLMARK_ASSIGN_OR_RETURN(const SignedForm form,
                            check_envelope(bundle.envelope, key, scheme, scheme));
  return StatementVerifier::accept(bundle, form, key, log);
}

Result<VerifiedStatement> verify_with_certificate(const Bundle& bundle,
                                                  const CertificateExpectations& expectations,
                                                  base::UnixTime at, base::LogSink& log) {
  const auto* material = std::get_if<CertificateMaterial>(&bundle.material);
  if (material == nullptr) {
    return fail(Code::kMaterialMismatch,
                "the signature was made with a bare key, not with a certificate");
  }
  HALLMARK_ASSIGN_OR_RETURN(crypto::VerifiedChain verified,
                            verify_material(*material, expectations.anchors, at));
  if (expectations.identity) {
    HALLMARK_TRY(crypto::check_identity(verified, *expectations.identity));
  }
  HALLMARK_ASSIGN_OR_RETURN(const crypto::PublicKey key, certified_key(material->chain.front()));
  HALLMARK_ASSIGN_OR_RETURN(
      const SignedForm form,
      check_envelope(bundle.envelope, key, crypto::scheme_for_certificate(key.type()),
                     legacy_scheme_for_certificate(key.type())));
  return StatementVerifier::accept(bundle, form, std::move(verified), log);
}

}  // namespace hallmark::attest

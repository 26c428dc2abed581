#pragma once

#include <optional>
#include <string>
#include <variant>

#include "hallmark/attest/bundle.h"
#include "hallmark/attest/statement.h"
#include "hallmark/base/log.h"
#include "hallmark/base/result.h"
#include "hallmark/base/unix_time.h"
#include "hallmark/crypto/chain.h"
#include "hallmark/crypto/key.h"

namespace hallmark::attest {

/// Who signed: a bare key, or the owner of a certificate.
using VerifiedSigner = std::variant<crypto::PublicKey, crypto::VerifiedChain>;

/// A statement whose signature was checked. Only the two functions below can make one.
class VerifiedStatement {
 public:
  [[nodiscard]] const ModelStatement& statement() const { return statement_; }
  [[nodiscard]] const VerifiedSigner& signer() const { return signer_; }

  /// What was signed, taken out: it can have a million files.
  [[nodiscard]] ModelStatement take_statement() && { return std::move(statement_); }

 private:
  friend class StatementVerifier;
  VerifiedStatement(ModelStatement statement, VerifiedSigner signer)
      : statement_(std::move(statement)), signer_(std::move(signer)) {}

  ModelStatement statement_;
  VerifiedSigner signer_;
};

/// What a verifier demands of a certified signer.
struct CertificateExpectations {
  crypto::TrustAnchors anchors;
  /// A subject alternative name that the leaf must have.
  std::optional<std::string> identity;
};

/// Verifies a bundle made with a bare key. In this order: the material is a key's, the hint is the
/// key's (a missing one is only warned of), the signature, the statement.
Result<VerifiedStatement> verify_with_key(const Bundle& bundle, const crypto::PublicKey& key,
                                          base::LogSink& log);

/// Verifies a bundle made with a certified key. In this order: the material is a certificate's, the
/// chain at the time `at`, the identity, the signature, the statement.
Result<VerifiedStatement> verify_with_certificate(const Bundle& bundle,
                                                  const CertificateExpectations& expectations,
                                                  base::UnixTime at, base::LogSink& log);

}  // namespace hallmark::attest

#include "model/signer_choice.h"

#include <algorithm>
#include <vector>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "model/bundle_file.h"

namespace hallmark::model {
namespace {

using attest::VerifiedStatement;

std::vector<const crypto::PublicKey*> keys_among(std::span<const ExpectedSigner> signers) {
  std::vector<const crypto::PublicKey*> keys;
  for (const ExpectedSigner& signer : signers) {
    if (const auto* key = std::get_if<crypto::PublicKey>(&signer)) keys.push_back(key);
  }
  return keys;
}

// Tries one signer after the other. What is said about those who are not the signer is nobody's
// concern, so that only the warnings of the one who is are passed on.
template <typename Candidate, typename Verify>
Result<VerifiedStatement> try_each(const std::vector<Candidate>& candidates, base::LogSink& log,
                                   const Verify& verify) {
  std::optional<Error> refusal;
  for (const Candidate& candidate : candidates) {
    base::CollectingLog kept;
    auto verified = verify(*candidate, kept);
    if (verified) {
      for (const std::string& text : kept.warnings()) log.log(base::LogLevel::kWarning, text);
      return verified;
    }
    const bool undecided = failure_of(verified.error().code) == Failure::kUndecided;
    if (!refusal || (undecided && failure_of(refusal->code) == Failure::kRejected)) {
      refusal = std::move(verified.error());
    }
  }
  HALLMARK_CHECK(refusal.has_value());
  return fail(*std::move(refusal));
}

Result<VerifiedStatement> verify_key_of_any(const attest::Bundle& bundle,
                                            const attest::PublicKeyMaterial& material,
                                            std::span<const ExpectedSigner> signers,
                                            base::LogSink& log) {
  std::vector<const crypto::PublicKey*> keys = keys_among(signers);
  if (keys.empty()) {
    return fail(Code::kMaterialMismatch,
                "the signature was made with a bare key, and no public key is given");
  }
  if (material.hint) {
    std::erase_if(keys, [&](const auto* key) { return key->hint() != *material.hint; });
  }
  if (keys.empty()) {
    return fail(Code::kKeyHintMismatch,
                fmt::format("the signature was made with none of the given keys: found hint '{}'",
                            base::escape_for_display(*material.hint)));
  }
  return try_each(keys, log, [&](const crypto::PublicKey& key, base::LogSink& kept) {
    return attest::verify_with_key(bundle, key, kept);
  });
}

Result<VerifiedStatement> verify_certificate_of_any(const attest::Bundle& bundle,
                                                    std::span<const ExpectedSigner> signers,
                                                    const Context& context) {
  std::vector<const attest::CertificateExpectations*> expectations;
  for (const ExpectedSigner& signer : signers) {
    const auto* expected = std::get_if<attest::CertificateExpectations>(&signer);
    if (expected != nullptr) expectations.push_back(expected);
  }
  if (expectations.empty()) {
    return fail(Code::kMaterialMismatch,
                "the signature was made with a certificate, and no trusted certificate is given");
  }
  return try_each(expectations, context.log,
                  [&](const attest::CertificateExpectations& expected, base::LogSink& kept) {
                    return attest::verify_with_certificate(bundle, expected, context.clock.now(),
                                                           kept);
                  });
}

}  // namespace

Result<VerifiedStatement> verify_signature_of_any(const std::string& path,
                                                  std::span<const ExpectedSigner> signers,
                                                  const Context& context) {
  HALLMARK_ASSIGN_OR_RETURN(const attest::Bundle bundle, load_bundle(path));
  const auto* material = std::get_if<attest::PublicKeyMaterial>(&bundle.material);
  auto verified = material != nullptr ? verify_key_of_any(bundle, *material, signers, context.log)
                                      : verify_certificate_of_any(bundle, signers, context);
  if (verified) return verified;
  return fail(std::move(verified.error()).within(base::escape_for_display(path)));
}

}  // namespace hallmark::model

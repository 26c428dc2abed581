#pragma once

#include <span>
#include <string>

#include "hallmark/attest/verify.h"
#include "hallmark/base/result.h"
#include "hallmark/model/context.h"
#include "hallmark/model/expected_signer.h"

namespace hallmark::model {

/// Reads a signature and verifies it, but no model, when any of several signers may have made it.
/// The bundle's material and hint say which of them are tried. Fails with kMaterialMismatch when no
/// signer is of the bundle's method, with kKeyHintMismatch when it names another key; else, when
/// one of those tried could not be judged, with that failure, and otherwise with the first.
Result<attest::VerifiedStatement> verify_signature_of_any(const std::string& path,
                                                          std::span<const ExpectedSigner> signers,
                                                          const Context& context);

}  // namespace hallmark::model

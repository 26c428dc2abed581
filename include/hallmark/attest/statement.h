#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/manifest/manifest.h"

namespace hallmark::attest {

inline constexpr std::string_view kStatementType = "https://in-toto.io/Statement/v1";
inline constexpr std::string_view kSignaturePredicate = "https://model_signing/signature/v1.0";
inline constexpr std::string_view kLegacyDigestsPredicate = "https://model_signing/Digests/v0.1";

enum class StatementForm : std::uint8_t {
  kSignature,      ///< OMS v1.0: one subject, the files in the predicate.
  kLegacyDigests,  ///< Reference 0.2: one subject a file, no root digest, SHA-256.
};

/// An in-toto Statement v1 about a model's files.
struct ModelStatement {
  StatementForm form = StatementForm::kSignature;
  std::string subject;  ///< The model's name; empty in the legacy form, which has none.
  manifest::Manifest manifest;
  /// Oddities that are accepted, in words: an order that OMS does not have.
  std::vector<std::string> warnings;
};

/// Reads a statement strictly (OMS v1.0 section 5): every rule has its own code. Unknown members
/// are refused, but inside a subject or a resource. The root digest is recomputed and compared.
Result<ModelStatement> decode_statement(ByteView payload);

/// What stands as the `algorithm` of a shard.
enum class ShardLabels : std::uint8_t {
  kPlain,     ///< "sha256", as OMS v1.0 says.
  kSuffixed,  ///< "sha256-sharded-1000000000", the only form that the reference and Go verify.
};

/// Writes an OMS v1.0 statement in canonical JSON (RFC 8785): the same model always gives the same
/// bytes. `manifest.resources` must be in the order in which they shall stand, and the algorithm
/// one that OMS registers.
std::string encode_statement(std::string_view subject, const manifest::Manifest& manifest,
                             ShardLabels labels = ShardLabels::kPlain);

}  // namespace hallmark::attest

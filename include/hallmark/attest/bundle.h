#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hallmark/attest/dsse.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/certificate.h"

namespace hallmark::attest {

/// The media type that OMS v1.0 bundles carry.
inline constexpr std::string_view kBundleMediaType =
    "application/vnd.dev.sigstore.bundle.v0.3+json";

/// The largest bundle that is read, in bytes: room for a model of about four million files.
inline constexpr std::size_t kLargestBundle = std::size_t{1} << 30;

/// The most certificates that a bundle may carry. A chain that is accepted has ten at the most; the
/// others could only cost time.
inline constexpr std::size_t kMostCertificates = 32;

/// What a bundle says about a bare key.
struct PublicKeyMaterial {
  /// SHA-256 of the key's PEM text in hex, perhaps absent. Bundles of 0.3 to 1.0 carry the PEM text
  /// itself; the hint is computed from it here.
  std::optional<std::string> hint;
  /// "PKIX_ECDSA_P384_SHA_384" and the like, in bundles of 0.3 to 1.0.
  std::optional<std::string> key_details;
};

/// What a bundle says about a certified key.
struct CertificateMaterial {
  std::vector<crypto::Certificate> chain;  ///< Leaf first; one to kMostCertificates.
  /// The single `certificate` member was used, as keyless signing and the Go client without a chain
  /// do, instead of `x509CertificateChain`.
  bool single = false;
};

/// A Sigstore bundle v0.3 with a DSSE envelope, as OMS uses it:
///
///     { "mediaType": "...", "verificationMaterial": { "publicKey" | "x509CertificateChain" |
///       "certificate", "tlogEntries", "timestampVerificationData" },
///       "dsseEnvelope": { "payload", "payloadType", "signatures": [ { "sig", "keyid" } ] } }
struct Bundle {
  std::variant<PublicKeyMaterial, CertificateMaterial> material;
  Envelope envelope;
  /// Transparency log entries and RFC 3161 timestamps that the bundle carries. Nothing is derived
  /// from them for keys and certificates.
  std::size_t log_entries = 0;
  std::size_t timestamps = 0;
};

/// Reads a bundle strictly: unknown members, anything but one signature, another media or payload
/// type, more or less than one kind of material are refused, each with its own code. Accepts every
/// form that the reference (0.2 to 1.1) and the Go clients write.
Result<Bundle> decode_bundle(std::string_view json);

/// Writes a bundle as the reference 1.1 does: compact, `tlogEntries` empty, `keyid` empty, a chain
/// even when it has one certificate.
std::string encode_bundle(const Bundle& bundle);

}  // namespace hallmark::attest

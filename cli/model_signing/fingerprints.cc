#include "cli/model_signing/fingerprints.h"

#include <string>

#include <fmt/core.h>

#include "hallmark/hash/hasher.h"

namespace hallmark::cli::model_signing {

void log_fingerprints(std::string_view tag, std::span<const crypto::Certificate> certificates,
                      base::LogSink& log) {
  for (const crypto::Certificate& certificate : certificates) {
    std::string bytes;
    const hash::Digest digest = hash::hash_bytes(hash::Algorithm::kSha256, certificate.der());
    for (const std::uint8_t byte : digest.bytes()) {
      bytes += fmt::format("{}{:02X}", bytes.empty() ? "" : ":", byte);
    }
    log.log(base::LogLevel::kInfo, fmt::format("[{:^8}] sha256 Fingerprint: {}", tag, bytes));
  }
}

}  // namespace hallmark::cli::model_signing

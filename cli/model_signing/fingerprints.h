#pragma once

#include <span>
#include <string_view>

#include "hallmark/base/log.h"
#include "hallmark/crypto/certificate.h"

namespace hallmark::cli::model_signing {

/// Logs one line for each certificate, in the reference's form:
/// "[  init  ] sha256 Fingerprint: 4B:F3:..." for the tag "init".
void log_fingerprints(std::string_view tag, std::span<const crypto::Certificate> certificates,
                      base::LogSink& log);

}  // namespace hallmark::cli::model_signing

#pragma once

#include <memory>
#include <vector>

#include "cli/model_signing/invocation.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/certificate.h"
#include "hallmark/crypto/signature.h"
#include "hallmark/model/context.h"

namespace hallmark::cli::model_signing {

/// Opens the key that the call's options name, in a file or on a token; what signs with it knows
/// nothing of where it is.
Result<std::unique_ptr<crypto::Signer>> open_signer(const Invocation& call,
                                                    const model::Context& context);

/// The certificates that the signature carries, signer's first; none for a bare key. Of the
/// signer's file only the first counts, as for the reference; the log hears of others.
Result<std::vector<crypto::Certificate>> load_chain(const Invocation& call, base::LogSink& log);

/// What keyless methods fail with: kUnsupported.
Error not_available(const Invocation& call);

}  // namespace hallmark::cli::model_signing

#pragma once

#include "cli/model_signing/invocation.h"
#include "hallmark/base/log.h"
#include "hallmark/base/result.h"
#include "hallmark/model/options.h"

namespace hallmark::cli::model_signing {

/// Which files the call is about. Ignored paths outside the model are left away, as the reference
/// does, but not in silence: `log` hears of each. Fails with kUsage when one is the whole model.
Result<model::FileOptions> choose_files(const Invocation& call, base::LogSink& log);

}  // namespace hallmark::cli::model_signing

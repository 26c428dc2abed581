#pragma once

#include <optional>
#include <string>

#include "cli/model_signing/invocation.h"
#include "hallmark/base/error.h"
#include "hallmark/model/context.h"

namespace hallmark::cli::model_signing {

/// What came of a call.
struct Outcome {
  /// Why it failed, if it did.
  std::optional<Error> problem;
  std::string result;   ///< One line for stdout, when it did not fail.
  std::string details;  ///< Lines for stderr that explain the failure.
};

// Each does one command, whatever its method.
Outcome sign(const Invocation& call, const model::Context& context);
Outcome verify(const Invocation& call, const model::Context& context);
Outcome digest(const Invocation& call, const model::Context& context);

}  // namespace hallmark::cli::model_signing

#pragma once

#include <string_view>

#include "hallmark/base/error.h"

namespace hallmark::cli::model_signing {

/// Where a command of Hallmark refuses what the reference 1.1.1 lets pass: what the reference does
/// instead. Empty for everything that it refuses as well.
std::string_view what_reference_does(Code code, std::string_view command);

}  // namespace hallmark::cli::model_signing

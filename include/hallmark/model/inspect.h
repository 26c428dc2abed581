#pragma once

#include <string>

#include "hallmark/attest/bundle.h"
#include "hallmark/attest/statement.h"
#include "hallmark/base/result.h"

namespace hallmark::model {

/// What a bundle says. Nothing of it is verified.
struct UnverifiedContents {
  attest::Bundle bundle;
  attest::ModelStatement statement;
};

/// Reads a bundle and its statement without any key. Fails as decoding does.
Result<UnverifiedContents> inspect_signature(const std::string& path);

}  // namespace hallmark::model

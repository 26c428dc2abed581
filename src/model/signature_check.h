#pragma once

#include <string>
#include <vector>

#include "hallmark/attest/verify.h"
#include "hallmark/base/result.h"
#include "hallmark/manifest/tree.h"
#include "hallmark/model/context.h"
#include "hallmark/model/expected_signer.h"

namespace hallmark::model {

/// Reads a signature and verifies it, but no model; failures name the file.
Result<attest::VerifiedStatement> verify_signature(const std::string& path,
                                                   const ExpectedSigner& expected,
                                                   const Context& context);

/// What was signed, under the names that this tree has: the reference calls a single file ".".
std::vector<manifest::Resource> resources_for(std::vector<manifest::Resource> resources,
                                              const manifest::ModelTree& tree);

}  // namespace hallmark::model

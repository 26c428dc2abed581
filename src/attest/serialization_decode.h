#pragma once

#include "hallmark/base/json.h"
#include "hallmark/base/result.h"
#include "hallmark/manifest/manifest.h"

namespace hallmark::attest {

/// Reads the member `serialization` of the predicate (OMS v1.0 section 5.2.2): a manifest without
/// resources.
Result<manifest::Manifest> read_serialization(const base::JsonValue& value,
                                              const base::JsonPath& path);

}  // namespace hallmark::attest

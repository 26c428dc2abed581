#pragma once

#include "hallmark/base/bytes.h"

namespace hallmark::testing {

/// The other signature of the same message by the same P-256 key that anyone can compute from one:
/// r and n - s in place of r and s. `signature` is the DER of a good one.
Bytes ecdsa_twin(ByteView signature);

}  // namespace hallmark::testing

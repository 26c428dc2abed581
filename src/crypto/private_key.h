#pragma once

#include "crypto/native.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/key.h"

namespace hallmark::crypto {

/// Checks the type of a key that was read or made, and that its halves belong together.
Result<PrivateKey> private_key_from(KeyHandle key);

}  // namespace hallmark::crypto

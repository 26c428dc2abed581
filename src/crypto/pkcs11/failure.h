#pragma once

#include <string>
#include <string_view>

#include "crypto/pkcs11/cryptoki.h"
#include "hallmark/base/result.h"

namespace hallmark::crypto::pkcs11 {

/// The name of a function's result: "CKR_DEVICE_REMOVED", or its number where it has none.
std::string result_name(CK_RV result);

/// "C_Sign failed with CKR_DEVICE_REMOVED", as kTokenFailed.
tl::unexpected<Error> token_failed(std::string_view function, CK_RV result);

}  // namespace hallmark::crypto::pkcs11

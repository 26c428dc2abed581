#pragma once

#include <cstdint>
#include <string_view>

#include <p11-kit/pkcs11.h>

#include "hallmark/base/bytes.h"

namespace hallmark::crypto::pkcs11 {

/// The functions of a module that was loaded; they stand in the module's own memory.
using Functions = CK_FUNCTION_LIST;

/// A field of fixed length without the blanks that fill it up (PKCS #11 v2.40 section 3.1); some
/// modules fill up with NUL.
template <std::size_t kSize>
std::string_view field_text(const unsigned char (&field)[kSize]) {
  std::string_view text = text_of(ByteView(field));
  while (!text.empty() && (text.back() == ' ' || text.back() == '\0')) text.remove_suffix(1);
  return text;
}

}  // namespace hallmark::crypto::pkcs11

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

namespace hallmark::base {

/// One encapsulated block of a PEM text.
struct PemBlock {
  std::string label;  ///< What stands after BEGIN: "CERTIFICATE", "EC PRIVATE KEY".
  Bytes contents;     ///< The decoded bytes; empty when `encrypted_headers` is true.
  bool encrypted_headers =
      false;  ///< RFC 1421 headers stand in the block (an encrypted old-style key).
};

/// Reads all blocks of a PEM text (RFC 7468). Text before, between and after blocks is skipped, as
/// OpenSSL and GnuTLS write descriptions there. Refused with `kPemMalformed`, and the line: a block
/// that does not end, ends under another label, is empty, or holds anything but base64 in lines of
/// at most 76 characters (the longest that any tool writes; blanks at line ends and empty lines do
/// not count); a text without a block.
Result<std::vector<PemBlock>> parse_pem(std::string_view text);

/// One PEM block with base64 lines of 64 characters and a final newline (RFC 7468 section 2).
std::string encode_pem(std::string_view label, ByteView contents);

}  // namespace hallmark::base

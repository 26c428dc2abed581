#pragma once

#include <cstddef>
#include <string>

#include "crypto/native.h"
#include "hallmark/base/error.h"
#include "hallmark/base/unix_time.h"
#include "hallmark/crypto/certificate.h"

namespace hallmark::crypto {

/// "certificate 'CN=a' (position 1, 0 is the leaf)".
std::string describe_position(const Certificate& certificate, int position);

Error certificate_expired(const Certificate& certificate, int position, base::UnixTime at);
Error certificate_not_yet_valid(const Certificate& certificate, int position, base::UnixTime at);

/// Whether OpenSSL could not read one of the extensions that it knows.
bool has_malformed_extension(const Certificate& certificate);
Error malformed_extension(const Certificate& certificate, int position);

/// Why OpenSSL refused a chain, in our codes and words.
Error describe_refusal(X509_STORE_CTX& context, const Certificate& leaf, base::UnixTime at);

}  // namespace hallmark::crypto

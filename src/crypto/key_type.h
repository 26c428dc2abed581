#pragma once

#include <string>

#include <openssl/asn1.h>

#include "hallmark/crypto/key.h"

namespace hallmark::crypto {

/// Whether keys of this type are points of an elliptic curve in the sense of RFC 5480.
constexpr bool is_curve(KeyType type) {
  return type == KeyType::kP256 || type == KeyType::kP384 || type == KeyType::kP521;
}

/// The name of an algorithm or curve, or its numbers, fit for a message.
std::string algorithm_name(const ASN1_OBJECT* algorithm);

}  // namespace hallmark::crypto

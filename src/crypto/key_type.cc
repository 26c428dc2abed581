#include "crypto/key_type.h"

#include <array>

#include <openssl/objects.h>

#include "hallmark/base/utf8.h"

namespace hallmark::crypto {

std::string_view to_string(KeyType type) {
  switch (type) {
    case KeyType::kP256:
      return "P-256";
    case KeyType::kP384:
      return "P-384";
    case KeyType::kP521:
      return "P-521";
    case KeyType::kRsa:
      return "RSA";
    case KeyType::kEd25519:
      return "Ed25519";
  }
  return "unknown";
}

std::string algorithm_name(const ASN1_OBJECT* algorithm) {
  std::array<char, 80> name{};
  OBJ_obj2txt(name.data(), static_cast<int>(name.size()), algorithm, 0);
  return base::escape_for_display(name.data());
}

}  // namespace hallmark::crypto

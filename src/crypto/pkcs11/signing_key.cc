#include "crypto/pkcs11/signing_key.h"

#include <algorithm>
#include <string>

#include <fmt/core.h>

#include "crypto/key_type.h"
#include "crypto/pkcs11/key_material.h"
#include "hallmark/base/hex.h"
#include "hallmark/base/utf8.h"
#include "hallmark/crypto/certificate.h"

namespace hallmark::crypto::pkcs11 {
namespace {

using Handles = std::vector<CK_OBJECT_HANDLE>;

constexpr std::size_t kMostNamed = 8;
constexpr std::size_t kMostOfOneId = 32;

Result<std::string> describe_key(const Session& session, CK_OBJECT_HANDLE key) {
  HALLMARK_ASSIGN_OR_RETURN(const Bytes label, session.attribute(key, CKA_LABEL));
  HALLMARK_ASSIGN_OR_RETURN(const Bytes id, session.attribute(key, CKA_ID));
  return fmt::format("'{}' (id {})", base::escape_for_display(text_of(label)),
                     id.empty() ? "none" : base::encode_hex(id));
}

Result<std::string> describe_keys(const Session& session, const Handles& keys) {
  std::string text;
  for (std::size_t i = 0; i < std::min(keys.size(), kMostNamed); ++i) {
    HALLMARK_ASSIGN_OR_RETURN(const std::string key, describe_key(session, keys[i]));
    text += (i == 0 ? "" : ", ") + key;
  }
  return keys.size() > kMostNamed ? text + " and more" : text;
}

Result<CK_OBJECT_HANDLE> no_private_key(const Session& session) {
  HALLMARK_ASSIGN_OR_RETURN(const Handles all,
                            session.find({CKO_PRIVATE_KEY, {}, {}}, kMostNamed + 1));
  if (all.empty()) return fail(Code::kTokenKeyNotFound, "the token has no private key");
  HALLMARK_ASSIGN_OR_RETURN(const std::string names, describe_keys(session, all));
  return fail(
      Code::kTokenKeyNotFound,
      fmt::format("the PKCS #11 URI fits no private key of the token; there are {}", names));
}

std::string key_type_name(std::optional<CK_ULONG> type) {
  if (!type) return "a key of no known type";
  switch (*type) {
    case CKK_RSA:
      return "an RSA key";
    case CKK_DSA:
      return "a DSA key";
    case CKK_EC_EDWARDS:
      return "an Edwards key";
    default:
      return fmt::format("a key of type 0x{:x}", *type);
  }
}

Result<void> check_is_ec(const Session& session, CK_OBJECT_HANDLE key) {
  HALLMARK_ASSIGN_OR_RETURN(const auto type, session.number(key, CKA_KEY_TYPE));
  if (type && *type == CKK_EC) return {};
  return fail(Code::kKeyUnsupported,
              fmt::format("expected a key on P-256, P-384 or P-521 on the token, found {}",
                          key_type_name(type)));
}

Result<PublicKey> read_public_key(const Session& session, CK_OBJECT_HANDLE object) {
  HALLMARK_TRY(check_is_ec(session, object));
  HALLMARK_ASSIGN_OR_RETURN(const Bytes parameters, session.attribute(object, CKA_EC_PARAMS));
  HALLMARK_ASSIGN_OR_RETURN(const Bytes point, session.attribute(object, CKA_EC_POINT));
  return decode_ec_public_key(parameters, point);
}

Result<PublicKey> read_certificate(const Session& session, CK_OBJECT_HANDLE object) {
  HALLMARK_ASSIGN_OR_RETURN(const Bytes der, session.attribute(object, CKA_VALUE));
  const auto certificate = Certificate::decode(der);
  if (!certificate) {
    return fail(Code::kKeyMalformed,
                fmt::format("the certificate on the token: {}", certificate.error().message));
  }
  return certificate->public_key();
}

using Reader = Result<PublicKey> (*)(const Session&, CK_OBJECT_HANDLE);

// Renewed certificates are several, and of one key.
Result<std::optional<PublicKey>> common_key(const Session& session, const Template& wanted,
                                            Reader read) {
  HALLMARK_ASSIGN_OR_RETURN(const Handles objects, session.find(wanted, kMostOfOneId));
  std::optional<PublicKey> common;
  for (const CK_OBJECT_HANDLE object : objects) {
    HALLMARK_ASSIGN_OR_RETURN(PublicKey key, read(session, object));
    if (common && !(*common == key)) {
      return fail(Code::kTokenKeyAmbiguous,
                  "the token has different public keys with the id of the private key");
    }
    common = std::move(key);
  }
  return common;
}

Result<Template> counterpart_of(const Session& session, CK_OBJECT_HANDLE private_key) {
  HALLMARK_ASSIGN_OR_RETURN(Bytes id, session.attribute(private_key, CKA_ID));
  if (!id.empty()) return Template{CKO_PUBLIC_KEY, {}, std::move(id)};
  HALLMARK_ASSIGN_OR_RETURN(const Bytes label, session.attribute(private_key, CKA_LABEL));
  if (!label.empty()) return Template{CKO_PUBLIC_KEY, std::string(text_of(label)), {}};
  return fail(Code::kTokenKeyNotFound,
              "the private key on the token has neither id nor label to find its public key by");
}

}  // namespace

Result<CK_OBJECT_HANDLE> find_private_key(const Session& session, const Pkcs11Uri& uri) {
  HALLMARK_ASSIGN_OR_RETURN(const Handles found,
                            session.find({CKO_PRIVATE_KEY, uri.object, uri.id}, kMostNamed + 1));
  if (found.empty()) return no_private_key(session);
  if (found.size() > 1) {
    HALLMARK_ASSIGN_OR_RETURN(const std::string names, describe_keys(session, found));
    return fail(Code::kTokenKeyAmbiguous,
                fmt::format("the PKCS #11 URI fits several private keys of the token: {}; say "
                            "which by object and id",
                            names));
  }
  HALLMARK_TRY(check_is_ec(session, found.front()));
  return found.front();
}

Result<PublicKey> find_public_key(const Session& session, CK_OBJECT_HANDLE private_key) {
  HALLMARK_ASSIGN_OR_RETURN(Template wanted, counterpart_of(session, private_key));
  HALLMARK_ASSIGN_OR_RETURN(std::optional<PublicKey> key,
                            common_key(session, wanted, read_public_key));
  if (!key) {
    wanted.object_class = CKO_CERTIFICATE;
    HALLMARK_ASSIGN_OR_RETURN(key, common_key(session, wanted, read_certificate));
  }
  if (!key) {
    return fail(Code::kTokenKeyNotFound,
                "the token has neither a public key nor a certificate with the id of the private "
                "key");
  }
  if (is_curve(key->type())) return *std::move(key);
  return fail(Code::kKeyUnsupported, fmt::format("expected a certificate for a key on P-256, P-384 "
                                                 "or P-521 on the token, found {}",
                                                 to_string(key->type())));
}

}  // namespace hallmark::crypto::pkcs11

#include "crypto/revocation_list.h"

#include <ctime>
#include <string_view>
#include <utility>

#include <fmt/core.h>
#include <openssl/rsa.h>

#include "crypto/certificate.h"
#include "crypto/native.h"
#include "crypto/openssl_state.h"
#include "hallmark/base/pem.h"
#include "hallmark/base/utf8.h"
#include "hallmark/crypto/certificate.h"

namespace hallmark::crypto {
namespace {

constexpr std::string_view kLabel = "X509 CRL";

tl::unexpected<Error> unreadable(std::string message) {
  return fail(Code::kRevocationListUnreadable, std::move(message));
}

bool is_pem(std::string_view text) { return text.find("-----BEGIN ") != std::string_view::npos; }

Result<Bytes> read_block(std::string_view pem) {
  auto blocks = base::parse_pem(pem);
  if (!blocks) return unreadable(std::move(blocks.error().message));
  base::PemBlock& block = blocks->front();
  if (blocks->size() != 1 || block.label != kLabel) {
    return unreadable(fmt::format("expected one '{}' block, found {} blocks, the first '{}'",
                                  kLabel, blocks->size(), base::escape_for_display(block.label)));
  }
  return std::move(block.contents);
}

using PssHandle = std::unique_ptr<RSA_PSS_PARAMS, Deleter<RSA_PSS_PARAMS_free>>;

// RFC 4055 section 3.1: the digest is SHA-1 when none is named.
int digest_of_pss(const X509_ALGOR& algorithm) {
  const void* parameter = nullptr;
  int type = V_ASN1_UNDEF;
  X509_ALGOR_get0(nullptr, &type, &parameter, &algorithm);
  if (type != V_ASN1_SEQUENCE) return NID_undef;
  const PssHandle pss(static_cast<RSA_PSS_PARAMS*>(ASN1_item_unpack(
      static_cast<const ASN1_STRING*>(parameter), ASN1_ITEM_rptr(RSA_PSS_PARAMS))));
  if (!pss) return NID_undef;
  return pss->hashAlgorithm == nullptr ? NID_sha1 : OBJ_obj2nid(pss->hashAlgorithm->algorithm);
}

// The signatures without a digest of their own are Ed25519 and Ed448.
bool has_strong_signature(const X509_CRL& list) {
  const X509_ALGOR* algorithm = nullptr;
  X509_CRL_get0_signature(&list, nullptr, &algorithm);
  const int signature = X509_CRL_get_signature_nid(&list);
  if (signature == NID_ED25519 || signature == NID_ED448) return true;
  int digest = NID_undef;
  if (signature == NID_rsassaPss) {
    digest = digest_of_pss(*algorithm);
  } else {
    OBJ_find_sigid_algs(signature, &digest, nullptr);
  }
  const EVP_MD* function = EVP_get_digestbynid(digest);
  // A collision takes half as many steps as there are bits: 112 bits of security need 224.
  return function != nullptr && EVP_MD_get_size(function) * 8 >= 224;
}

}  // namespace

Result<void> check_list(const RevocationList& list, base::UnixTime at) {
  const X509_CRL* crl = list.native().crl.get();
  const auto refuse = [crl](std::string_view why) {
    const std::string issuer = name_text(X509_CRL_get_issuer(crl));
    return fail(Code::kRevocationUnknown, fmt::format("the revocation list of '{}' {}",
                                                      base::escape_for_display(issuer), why));
  };
  std::time_t time = at.seconds;
  if (X509_cmp_time(X509_CRL_get0_lastUpdate(crl), &time) >= 0) {
    return refuse(fmt::format("is not yet valid at {}", base::to_string(at)));
  }
  if (X509_cmp_time(X509_CRL_get0_nextUpdate(crl), &time) <= 0) {
    return refuse(fmt::format("is out of date at {}", base::to_string(at)));
  }
  if (!has_strong_signature(*crl)) return refuse("is signed with less than 112 bits of security");
  return {};
}

Result<RevocationList> RevocationList::parse(ByteView pem_or_der) {
  const OpensslScope scope;
  Bytes contents;
  if (is_pem(text_of(pem_or_der))) {
    HALLMARK_ASSIGN_OR_RETURN(contents, read_block(text_of(pem_or_der)));
    pem_or_der = contents;
  }
  auto crl = decode_der<X509CrlHandle>(d2i_X509_CRL, pem_or_der);
  if (!crl) return unreadable("expected a DER or PEM certificate revocation list");
  // RFC 5280 section 5.1.2.5 demands it; without it a list would count as current for ever.
  if (X509_CRL_get0_nextUpdate(crl.get()) == nullptr) {
    return unreadable("the revocation list does not say when the next one comes (nextUpdate)");
  }
  // RFC 5280 section 5.2.4: it names only what changed since another list. OpenSSL takes it for a
  // whole one, and for the better one where it is newer.
  if (X509_CRL_get_ext_by_NID(crl.get(), NID_delta_crl, -1) >= 0) {
    return unreadable(
        "the revocation list is a delta list, which says only what changed since another one; the "
        "complete list is needed");
  }
  return RevocationList(std::make_shared<const Native>(Native{std::move(crl)}));
}

}  // namespace hallmark::crypto

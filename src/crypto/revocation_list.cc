#include <string_view>
#include <utility>

#include <fmt/core.h>

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

}  // namespace

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
  return RevocationList(std::make_shared<const Native>(Native{std::move(crl)}));
}

}  // namespace hallmark::crypto

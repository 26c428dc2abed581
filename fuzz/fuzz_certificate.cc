// A certificate that is read keeps its bytes, has names that can be shown, and is looked at to the
// end: as a leaf and as the authority that it is to be verified with.

#include <cstddef>
#include <cstdint>
#include <span>

#include "hallmark/base/utf8.h"
#include "hallmark/crypto/certificate.h"
#include "hallmark/crypto/chain.h"

namespace hallmark::crypto {
namespace {

void check_texts(const Certificate& certificate) {
  HALLMARK_CHECK(base::is_utf8(certificate.subject()));
  HALLMARK_CHECK(base::is_utf8(certificate.issuer()));
  HALLMARK_CHECK(certificate.serial_number().size() % 2 == 0);
  for (const AlternativeName& name : certificate.alternative_names()) {
    for (const char c : name.value) HALLMARK_CHECK(c >= ' ' && c <= '~');
  }
}

void check_key(const Certificate& certificate) {
  const auto key = certificate.public_key();
  HALLMARK_CHECK(key || key.error().code == Code::kKeyUnsupported ||
                 key.error().code == Code::kKeyMalformed);
}

void check_chain(const Certificate& certificate) {
  const std::span<const Certificate> itself(&certificate, 1);
  const TrustAnchors anchors{.certificates = {certificate}, .revocation_lists = {}};
  const base::UnixTime at = certificate.not_before();
  const auto chain = verify_chain(certificate, itself, anchors, at);
  if (!chain) {
    HALLMARK_CHECK(base::is_utf8(chain.error().message));
    return;
  }
  HALLMARK_CHECK(check_signing_certificate(certificate, at).has_value());
  HALLMARK_CHECK(at < certificate.not_after());
  HALLMARK_CHECK(chain->certificates().size() == 1 && chain->leaf().der() == certificate.der());
}

}  // namespace
}  // namespace hallmark::crypto

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const auto certificate = crypto::Certificate::decode({data, size});
  if (!certificate) {
    HALLMARK_CHECK(certificate.error().code == Code::kCertificateMalformed);
    HALLMARK_CHECK(base::is_utf8(certificate.error().message));
    return 0;
  }
  HALLMARK_CHECK(certificate->der() == Bytes(data, data + size));
  crypto::check_texts(*certificate);
  crypto::check_key(*certificate);
  crypto::check_chain(*certificate);
  return 0;
}

// A list that is read, PEM or DER, is asked about a certificate that nobody revoked. Whatever is
// wrong with it, the reason can be shown, and is one of lists.

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "hallmark/base/file.h"
#include "hallmark/base/utf8.h"
#include "hallmark/crypto/certificate.h"
#include "hallmark/crypto/chain.h"

namespace hallmark::crypto {
namespace {

Certificate test_certificate(const std::string& name) {
  const std::string path = HALLMARK_TESTDATA_DIR "/crypto/chain/" + name + ".pem";
  return Certificate::parse_pem(base::read_file(path, 1'000'000).value()).value().front();
}

void ask(RevocationList list) {
  static const Certificate leaf = test_certificate("leaf");
  static const std::vector<Certificate> intermediates = {test_certificate("intermediate")};
  static const std::vector<Certificate> roots = {test_certificate("root")};
  constexpr base::UnixTime k2030{1893456000};
  const TrustAnchors anchors{.certificates = roots, .revocation_lists = {std::move(list)}};
  const auto chain = verify_chain(leaf, intermediates, anchors, k2030);
  if (chain) return;
  const Error& error = chain.error();
  HALLMARK_CHECK(error.code == Code::kRevocationUnknown || error.code == Code::kCertificateRevoked);
  HALLMARK_CHECK(base::is_utf8(error.message));
}

}  // namespace
}  // namespace hallmark::crypto

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  auto list = crypto::RevocationList::parse({data, size});
  if (list) {
    crypto::ask(*std::move(list));
  } else {
    HALLMARK_CHECK(list.error().code == Code::kRevocationListUnreadable);
    HALLMARK_CHECK(base::is_utf8(list.error().message));
  }
  return 0;
}

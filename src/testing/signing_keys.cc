#include "testing/signing_keys.h"

#include <gtest/gtest.h>

#include "hallmark/base/file.h"

namespace hallmark::testing {
namespace {

class NoPassphrase final : public crypto::PassphraseSource {
 public:
  Result<base::Secret> passphrase() override { return fail(Code::kPassphraseRequired, "none"); }
};

}  // namespace

std::string signed_data(const std::string& name) {
  auto text = base::read_file(HALLMARK_TESTDATA_DIR "/signed/" + name, 1'000'000);
  if (!text) ADD_FAILURE() << text.error().message;
  return text.value_or("");
}

crypto::PublicKey public_key(const std::string& name) {
  return crypto::PublicKey::parse_pem(signed_data(name + ".pub")).value();
}

crypto::PrivateKeySigner signer(const std::string& name) {
  NoPassphrase passphrase;
  const base::Secret pem(signed_data(name + ".key"));
  return crypto::PrivateKeySigner(crypto::PrivateKey::parse_pem(pem, passphrase).value());
}

crypto::Certificate certificate(const std::string& name) {
  return crypto::Certificate::parse_pem(signed_data(name + ".pem")).value().front();
}

attest::Bundle bundle(const std::string& name) {
  return attest::decode_bundle(signed_data(name + ".sig")).value();
}

crypto::TrustAnchors test_anchors() {
  crypto::TrustAnchors anchors;
  anchors.certificates = {certificate("root")};
  return anchors;
}

}  // namespace hallmark::testing

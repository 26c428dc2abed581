#include "model/signature_check.h"

#include "hallmark/base/utf8.h"
#include "model/bundle_file.h"

namespace hallmark::model {

Result<attest::VerifiedStatement> verify_signature(const std::string& path,
                                                   const ExpectedSigner& expected,
                                                   const Context& context) {
  HALLMARK_ASSIGN_OR_RETURN(const attest::Bundle bundle, load_bundle(path));
  const auto* key = std::get_if<crypto::PublicKey>(&expected);
  auto verified = key != nullptr ? attest::verify_with_key(bundle, *key, context.log)
                                 : attest::verify_with_certificate(
                                       bundle, std::get<attest::CertificateExpectations>(expected),
                                       context.clock.now(), context.log);
  if (verified) return verified;
  return fail(std::move(verified.error()).within(base::escape_for_display(path)));
}

std::vector<manifest::Resource> resources_for(std::vector<manifest::Resource> resources,
                                              const manifest::ModelTree& tree) {
  // Where one has that name, all have: they are the shards of that file.
  if (tree.is_single_file() && resources.front().name == ".") {
    for (manifest::Resource& resource : resources) resource.name = tree.name();
  }
  return resources;
}

}  // namespace hallmark::model

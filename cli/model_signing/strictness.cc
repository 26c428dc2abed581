#include "cli/model_signing/strictness.h"

namespace hallmark::cli::model_signing {
namespace {

// On signing it reads a certificate for its key alone.
std::string_view of_certificates(Code code, std::string_view command) {
  const bool signs = command == "sign";
  switch (code) {
    case Code::kCertificateExpired:
    case Code::kCertificateNotYetValid:
      if (signs) return "signs with certificates of any time";
      return "looks at certificates as of the day on which the signer's began to be valid, not now";
    case Code::kCertificateExtendedKeyUsage:
    case Code::kCertificateKeyUsage:
      if (signs) return "signs with certificates for any usage, and looks at it when it verifies";
      return "is content with digitalSignature in the key usage or codeSigning in the extended key "
             "usage";
    case Code::kCertificateCount:
      return "takes any number of certificates";
    case Code::kCertificateWeak:
      return "takes certificates with keys and hashes of any strength";
    default:
      return {};
  }
}

std::string_view of_signatures(Code code) {
  switch (code) {
    case Code::kJsonDuplicateMember:
      return "takes the last one where a member stands twice";
    case Code::kSignatureCount:
      return "looks at the first signature only";
    case Code::kKeyDetailsMismatch:
      return "does not look at the kind of key that a signature names";
    case Code::kLegacyEncodingMisused:
      return "takes the encoding of its version 0.2 for every signature";
    case Code::kMemberUnknown:
      return "ignores members of the statement that it does not know";
    case Code::kResourcesEmpty:
      return "verifies a signature that names no file";
    case Code::kResourceNameInvalid:
      return "takes any name of a file, even one that leads out of the model";
    case Code::kResourceNameDuplicate:
      return "takes the last digest where a file is named twice";
    case Code::kDigestMalformed:
      return "takes digests in any spelling";
    case Code::kHashAlgorithmUnsupported:
    case Code::kHashAlgorithmMismatch:
      return "does not look at how a signature says that files were hashed";
    default:
      return {};
  }
}

std::string_view of_tokens(Code code) {
  const bool ambiguous = code == Code::kTokenAmbiguous || code == Code::kTokenKeyAmbiguous;
  return ambiguous ? "takes the first token and the first key that match" : "";
}

std::string_view of_models(Code code) {
  switch (code) {
    case Code::kModelEmpty:
      return "signs and verifies models without files";
    case Code::kSymlinkOutside:
      return "follows links out of the model where links are allowed";
    case Code::kFileChanged:
      return "does not notice that a file changes while it is read";
    case Code::kAlreadyExists:
      return "replaces whatever file is where the signature goes";
    default:
      return {};
  }
}

}  // namespace

std::string_view what_reference_does(Code code, std::string_view command) {
  if (const auto text = of_certificates(code, command); !text.empty()) return text;
  for (const auto of : {of_signatures, of_tokens, of_models}) {
    if (const std::string_view text = of(code); !text.empty()) return text;
  }
  return {};
}

}  // namespace hallmark::cli::model_signing

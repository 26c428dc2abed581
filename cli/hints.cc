#include "cli/hints.h"

namespace hallmark::cli {

std::string_view hint_for(Code code) {
  switch (code) {
    case Code::kSymlinkRefused:
      return "--allow-symlinks follows links that stay within the model";
    case Code::kPassphraseRequired:
      return "give the passphrase with --password-file or HALLMARK_KEY_PASSWORD";
    case Code::kPinRequired:
      return "give the PIN with pin-source in --pkcs11-uri, or with HALLMARK_PIN";
    case Code::kTokenModuleUnusable:
      return "name the token's PKCS #11 library with module-path or module-name in --pkcs11-uri";
    case Code::kJsonSyntax:
      return "a signature is a JSON file, as 'hallmark sign' writes it";
    case Code::kMaterialMismatch:
      return "'verify key' is for signatures made with a key, 'verify certificate' for the others";
    case Code::kModelEmpty:
      return "ignored paths do not count, nor does what git keeps at the model's root";
    case Code::kPathOutsideModel:
      return "paths are relative to the current directory, not to the model";
    default:
      return {};
  }
}

}  // namespace hallmark::cli

#include "crypto/system_roots.h"

#include <stdlib.h>

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"

namespace hallmark::crypto {
namespace {

// Debian and Alpine, Fedora, SUSE, RHEL, the BSDs and macOS.
constexpr std::array kUsualBundles = {
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
};

// A variable that is set, in a process that runs with no more rights than its caller.
const char* variable(const char* name) {
  const char* value = secure_getenv(name);
  return value == nullptr || *value == '\0' ? nullptr : value;
}

tl::unexpected<Error> unreadable(const char* name, const char* path) {
  return fail(Code::kCertificateUnreadable,
              fmt::format("cannot read the root certificates that {} names: '{}'", name,
                          base::escape_for_display(path)));
}

}  // namespace

Result<void> add_system_roots(X509_STORE& store) {
  const char* file_name = X509_get_default_cert_file_env();
  const char* directory_name = X509_get_default_cert_dir_env();
  const char* file = variable(file_name);
  const char* directory = variable(directory_name);
  if (file != nullptr && X509_STORE_load_file(&store, file) != 1)
    return unreadable(file_name, file);
  // The directory's files are read when a chain needs them, so that a wrong one shows only there.
  if (directory != nullptr && X509_STORE_load_path(&store, directory) != 1) {
    return unreadable(directory_name, directory);
  }
  if (file != nullptr || directory != nullptr) return {};
  const bool found = std::any_of(kUsualBundles.begin(), kUsualBundles.end(), [&](const char* path) {
    return X509_STORE_load_file(&store, path) == 1;
  });
  if (found) return {};
  return fail(Code::kCertificateUnreadable,
              fmt::format("no root certificates of this machine found; set {}", file_name));
}

}  // namespace hallmark::crypto

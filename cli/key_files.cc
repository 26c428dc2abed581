#include "cli/key_files.h"

#include <fmt/core.h>

#include "hallmark/base/file.h"
#include "hallmark/base/utf8.h"

namespace hallmark::cli {
namespace {

constexpr std::size_t kLargestKeyFile = std::size_t{1} << 20;
constexpr std::size_t kLargestListFile = std::size_t{64} << 20;

// A rejection inside a file that the user vouches for is a fault of the configuration.
Result<std::string> read_named(std::string_view role, const std::string& path,
                               std::size_t max_bytes) {
  auto text = base::read_file(path, max_bytes);
  if (!text) return fail(std::move(text.error()).within(role));
  return text;
}

tl::unexpected<Error> in_file(Error error, const std::string& path, Code as_configuration) {
  if (failure_of(error.code) == Failure::kRejected) error.code = as_configuration;
  return fail(std::move(error).within(base::escape_for_display(path)));
}

}  // namespace

Result<crypto::PublicKey> load_public_key(const std::string& path) {
  HALLMARK_ASSIGN_OR_RETURN(const std::string pem, read_named("public key", path, kLargestKeyFile));
  auto key = crypto::PublicKey::parse_pem(pem);
  if (!key) return in_file(std::move(key.error()), path, Code::kKeyMalformed);
  return key;
}

Result<crypto::PrivateKey> load_private_key(const std::string& path,
                                            crypto::PassphraseSource& passphrase) {
  const auto pem = base::read_secret_file(path, kLargestKeyFile);
  if (!pem) return fail(Error(pem.error()).within("private key"));
  auto key = crypto::PrivateKey::parse_pem(*pem, passphrase);
  if (!key) return in_file(std::move(key.error()), path, Code::kKeyMalformed);
  return key;
}

Result<std::vector<crypto::Certificate>> load_certificates(const std::vector<std::string>& paths) {
  std::vector<crypto::Certificate> all;
  for (const std::string& path : paths) {
    HALLMARK_ASSIGN_OR_RETURN(const std::string pem,
                              read_named("certificate", path, kLargestListFile));
    auto some = crypto::Certificate::parse_pem(pem);
    if (!some) return in_file(std::move(some.error()), path, Code::kCertificateUnreadable);
    all.insert(all.end(), some->begin(), some->end());
  }
  return all;
}

Result<std::vector<crypto::Certificate>> load_signing_chain(
    const std::string& signer, const std::vector<std::string>& others) {
  HALLMARK_ASSIGN_OR_RETURN(std::vector<crypto::Certificate> chain, load_certificates({signer}));
  if (chain.size() != 1) {
    return fail(Code::kCertificateUnreadable,
                fmt::format("{}: expected one certificate, found {}; the others go into "
                            "--certificate-chain",
                            base::escape_for_display(signer), chain.size()));
  }
  HALLMARK_ASSIGN_OR_RETURN(const std::vector<crypto::Certificate> more, load_certificates(others));
  chain.insert(chain.end(), more.begin(), more.end());
  return chain;
}

Result<std::vector<crypto::RevocationList>> load_revocation_lists(
    const std::vector<std::string>& paths) {
  std::vector<crypto::RevocationList> lists;
  for (const std::string& path : paths) {
    HALLMARK_ASSIGN_OR_RETURN(const std::string text,
                              read_named("revocation list", path, kLargestListFile));
    auto list = crypto::RevocationList::parse(bytes_of(text));
    if (!list) return in_file(std::move(list.error()), path, Code::kRevocationListUnreadable);
    lists.push_back(*std::move(list));
  }
  return lists;
}

}  // namespace hallmark::cli

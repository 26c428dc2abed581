#include "cli/passphrase.h"

#include <cstdlib>

#include "cli/secret_question.h"
#include "hallmark/base/file.h"

namespace hallmark::cli {
namespace {

constexpr std::size_t kLongestPassphrase = 4096;

SecretQuestion passphrase_question() {
  return {"Passphrase of the private key: ", "passphrase", Code::kPassphraseRequired,
          "the private key is encrypted and there is no terminal to ask for its passphrase"};
}

}  // namespace

Result<base::Secret> read_passphrase_file(const std::string& path) {
  return base::read_secret_line(path, kLongestPassphrase);
}

UserPassphrase::UserPassphrase(const PassphraseOptions& options, base::LogSink& log,
                               const base::Cancellation& cancellation)
    : options_(options), cancellation_(cancellation) {
  if (!options.argument) return;
  log.log(base::LogLevel::kWarning,
          "--password shows the passphrase to everyone on this machine; use --password-file");
}

Result<base::Secret> UserPassphrase::passphrase() {
  if (!options_.file.empty()) return read_passphrase_file(options_.file);
  if (options_.argument) return base::Secret(std::string(*options_.argument));
  if (const char* variable = std::getenv("HALLMARK_KEY_PASSWORD")) {
    return base::Secret(std::string(variable));
  }
  return ask_secretly(passphrase_question(), cancellation_);
}

}  // namespace hallmark::cli

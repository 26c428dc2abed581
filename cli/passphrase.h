#pragma once

#include <optional>
#include <string>

#include "hallmark/base/cancellation.h"
#include "hallmark/base/log.h"
#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"
#include "hallmark/crypto/key.h"

namespace hallmark::cli {

/// Where the user said that the passphrase of a private key is.
struct PassphraseOptions {
  std::string file;                     ///< --password-file; one trailing newline is not part of it
  std::optional<std::string> argument;  ///< --password: everyone on the machine can see it
};

/// The passphrase file's contents without one trailing newline.
Result<base::Secret> read_passphrase_file(const std::string& path);

/// Finds the passphrase when it is needed: --password-file, --password (with a warning at
/// once, needed or not), the variable HALLMARK_KEY_PASSWORD, a question on the terminal if there is
/// one.
class UserPassphrase final : public crypto::PassphraseSource {
 public:
  UserPassphrase(const PassphraseOptions& options, base::LogSink& log,
                 const base::Cancellation& cancellation);

  Result<base::Secret> passphrase() override;

 private:
  const PassphraseOptions& options_;
  const base::Cancellation& cancellation_;
};

}  // namespace hallmark::cli

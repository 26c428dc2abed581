#pragma once

#include <string>
#include <string_view>

#include "hallmark/base/cancellation.h"
#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"

namespace hallmark::cli {

/// How a secret is asked for, and what it means when nobody can be asked.
struct SecretQuestion {
  std::string prompt;   ///< "Passphrase of the private key: ", fit for display.
  std::string_view of;  ///< "passphrase", for messages.
  Code missing;         ///< The code of a failure to get it.
  std::string nobody;   ///< The message when there is no terminal.
};

/// Asks on the terminal, which does not show what is typed, for one line of fewer than 4096 bytes.
/// Nobody is asked while standard input is something else. Fails with the question's code, with
/// kUsage when the line is longer, with kCancelled.
Result<base::Secret> ask_secretly(const SecretQuestion& question,
                                  const base::Cancellation& cancellation);

}  // namespace hallmark::cli

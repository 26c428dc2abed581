#include "cli/token_key.h"

#include <cstdlib>

#include <fmt/core.h>

#include "cli/secret_question.h"
#include "hallmark/base/utf8.h"

namespace hallmark::cli {

Result<base::Secret> UserPin::pin(const crypto::PinRequest& request) {
  if (const char* variable = std::getenv("HALLMARK_PIN")) {
    return base::Secret(std::string(variable));
  }
  const std::string token = base::escape_for_display(request.token);
  const std::string_view before = request.wrong_pin_before ? " (the last one was wrong)" : "";
  return ask_secretly(
      {fmt::format("PIN of the token '{}'{}: ", token, before), "PIN", Code::kPinRequired,
       fmt::format("the token '{}' needs a PIN and there is no terminal to ask for it", token)},
      cancellation_);
}

Result<std::unique_ptr<crypto::Signer>> open_token_key(const std::string& uri, base::LogSink& log,
                                                       const base::Cancellation& cancellation) {
  HALLMARK_ASSIGN_OR_RETURN(const crypto::Pkcs11Uri parsed, crypto::Pkcs11Uri::parse(uri));
  if (parsed.pin_value) {
    log.log(base::LogLevel::kWarning,
            "pin-value in --pkcs11-uri shows the PIN to everyone on this machine; use pin-source");
  }
  UserPin pins(cancellation);
  return crypto::open_token_signer(parsed, pins);
}

}  // namespace hallmark::cli

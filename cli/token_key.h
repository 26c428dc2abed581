#pragma once

#include <memory>
#include <string>

#include "hallmark/base/cancellation.h"
#include "hallmark/base/log.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/signature.h"
#include "hallmark/crypto/token_signer.h"

namespace hallmark::cli {

/// Finds the PIN of a token when the URI has none: the variable HALLMARK_PIN, a question on the
/// terminal if there is one.
class UserPin final : public crypto::PinSource {
 public:
  explicit UserPin(const base::Cancellation& cancellation) : cancellation_(cancellation) {}

  Result<base::Secret> pin(const crypto::PinRequest& request) override;

 private:
  const base::Cancellation& cancellation_;
};

/// Opens the key on a token that the user named by --pkcs11-uri. A PIN in the URI itself is warned
/// of.
Result<std::unique_ptr<crypto::Signer>> open_token_key(const std::string& uri, base::LogSink& log,
                                                       const base::Cancellation& cancellation);

}  // namespace hallmark::cli

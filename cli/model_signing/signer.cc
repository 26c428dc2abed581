#include "cli/model_signing/signer.h"

#include <fmt/core.h>

#include "cli/key_files.h"
#include "cli/passphrase.h"
#include "cli/token_key.h"
#include "hallmark/base/utf8.h"

namespace hallmark::cli::model_signing {
namespace {

// --password where it is given, else what `hallmark` does without options.
class Password final : public crypto::PassphraseSource {
 public:
  Password(std::optional<std::string> given, const model::Context& context)
      : given_(std::move(given)), otherwise_(kNoOptions, context.log, context.cancellation) {
    if (!given_) return;
    context.log.log(base::LogLevel::kWarning,
                    "--password shows the passphrase to everyone on this machine; use the variable "
                    "HALLMARK_KEY_PASSWORD");
  }

  Result<base::Secret> passphrase() override {
    if (given_) return base::Secret(std::string(*given_));
    return otherwise_.passphrase();
  }

 private:
  inline static const PassphraseOptions kNoOptions;

  std::optional<std::string> given_;
  UserPassphrase otherwise_;
};

Result<std::unique_ptr<crypto::Signer>> open_key_file(const Invocation& call,
                                                      const model::Context& context) {
  Password password(call.options.value("--password"), context);
  HALLMARK_ASSIGN_OR_RETURN(
      crypto::PrivateKey key,
      load_private_key(call.options.value("--private-key").value_or(""), password));
  return std::make_unique<crypto::PrivateKeySigner>(std::move(key));
}

}  // namespace

Result<std::unique_ptr<crypto::Signer>> open_signer(const Invocation& call,
                                                    const model::Context& context) {
  if (const auto uri = call.options.value("--pkcs11-uri")) {
    return open_token_key(*uri, context.log, context.cancellation);
  }
  return open_key_file(call, context);
}

Result<std::vector<crypto::Certificate>> load_chain(const Invocation& call, base::LogSink& log) {
  const auto file = call.options.value("--signing-certificate");
  if (!file) return std::vector<crypto::Certificate>{};
  HALLMARK_ASSIGN_OR_RETURN(std::vector<crypto::Certificate> chain, load_certificates({*file}));
  if (chain.size() > 1) {
    log.log(base::LogLevel::kWarning,
            fmt::format("only the first certificate of '{}' counts; the others go into "
                        "--certificate-chain",
                        base::escape_for_display(*file)));
  }
  chain.erase(chain.begin() + 1, chain.end());
  HALLMARK_ASSIGN_OR_RETURN(const std::vector<crypto::Certificate> more,
                            load_certificates(call.options.values("--certificate-chain")));
  chain.insert(chain.end(), more.begin(), more.end());
  return chain;
}

Error not_available(const Invocation& call) {
  std::string message = fmt::format(
      "the method '{}' is not available in this version of Hallmark: it has no keyless signatures",
      call.method);
  if (call.method_is_default) {
    message += fmt::format("; '{}' was meant as '{}' names no method", call.method,
                           base::escape_for_display(call.model));
  }
  return {Code::kUnsupported, std::move(message)};
}

}  // namespace hallmark::cli::model_signing

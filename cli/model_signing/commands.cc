#include "cli/model_signing/commands.h"

#include <array>
#include <initializer_list>

namespace hallmark::cli::model_signing {
namespace {

constexpr std::array<std::string_view, 5> kMethods = {kDefaultMethod, "key", "certificate",
                                                      "pkcs11-key", "pkcs11-certificate"};

constexpr Option kHelp{.name = "--help", .summary = "Show this text and end; -h does the same."};

constexpr Option kSignatureToWrite{
    .name = "--signature",
    .takes = Takes::kValue,
    .value_name = "SIGNATURE_PATH",
    .summary = "Where the signature goes; model.sig in the current directory without it."};
constexpr Option kSignatureToRead{.name = "--signature",
                                  .takes = Takes::kValue,
                                  .value_name = "SIGNATURE_PATH",
                                  .required = true,
                                  .summary = "The signature to verify."};

constexpr Option kIgnorePaths{
    .name = "--ignore-paths",
    .takes = Takes::kValues,
    .value_name = "PATH",
    .summary =
        "Leave out this path inside the model, given from the current directory; can be "
        "repeated."};
constexpr Option kIgnoreGitPaths{
    .name = "--ignore-git-paths",
    .negation = "--no-ignore-git-paths",
    .summary =
        "Leave out .git, .gitattributes, .github and .gitignore at the model's root; on "
        "without either."};
constexpr Option kAllowSymlinks{.name = "--allow-symlinks",
                                .summary = "Follow links that stay within the model."};
constexpr Option kIgnoreUnsignedFiles{
    .name = "--ignore-unsigned-files",
    .negation = "--no-ignore-unsigned-files",
    .summary = "Do not look at files that the signature does not name; off without either."};

constexpr Option kPrivateKey{.name = "--private-key",
                             .takes = Takes::kValue,
                             .value_name = "PATH",
                             .required = true,
                             .summary = "Private key, PEM."};
constexpr Option kPassword{.name = "--password",
                           .takes = Takes::kValue,
                           .value_name = "PASSWORD",
                           .summary =
                               "Passphrase of the private key; others on this machine can "
                               "see it, so prefer the variable HALLMARK_KEY_PASSWORD."};
constexpr Option kSigningCertificate{.name = "--signing-certificate",
                                     .takes = Takes::kValue,
                                     .value_name = "PATH",
                                     .required = true,
                                     .summary = "Certificate of the private key, PEM."};
constexpr Option kChainToSend{
    .name = "--certificate-chain",
    .takes = Takes::kValues,
    .value_name = "PATH",
    .summary = "Certificates that go along in the signature, PEM; can be repeated."};
constexpr Option kChainToTrust{
    .name = "--certificate-chain",
    .takes = Takes::kValues,
    .value_name = "PATH",
    .summary =
        "Trusted certificates, PEM; can be repeated. Without it the roots of this machine "
        "are trusted."};
constexpr Option kLogFingerprints{.name = "--log-fingerprints",
                                  .summary = "Log the SHA-256 fingerprints of all certificates."};
constexpr Option kPkcs11Uri{
    .name = "--pkcs11-uri",
    .takes = Takes::kValue,
    .value_name = "URI",
    .required = true,
    .summary = "PKCS #11 URI of the private key (RFC 7512), with the module that leads to it."};
constexpr Option kPublicKey{.name = "--public-key",
                            .takes = Takes::kValue,
                            .value_name = "PATH",
                            .required = true,
                            .summary = "Public key of the signer, PEM."};

constexpr Option kUseStaging{.name = "--use-staging",
                             .summary = "Use Sigstore's staging instance."};
constexpr Option kTrustConfig{.name = "--trust-config",
                              .takes = Takes::kValue,
                              .value_name = "PATH",
                              .summary = "Client trust configuration, JSON."};
constexpr Option kUseAmbientCredentials{.name = "--use-ambient-credentials",
                                        .summary = "Use the credentials of the workload."};
constexpr Option kIdentityToken{.name = "--identity-token",
                                .takes = Takes::kValue,
                                .value_name = "TOKEN",
                                .summary = "OIDC identity token."};
constexpr Option kOauthForceOob{.name = "--oauth-force-oob", .summary = "Do not start a browser."};
constexpr Option kClientId{.name = "--client-id",
                           .takes = Takes::kValue,
                           .value_name = "ID",
                           .summary = "OpenID Connect client."};
constexpr Option kClientSecret{.name = "--client-secret",
                               .takes = Takes::kValue,
                               .value_name = "SECRET",
                               .summary = "Secret of that client."};
constexpr Option kIdentity{.name = "--identity",
                           .takes = Takes::kValue,
                           .value_name = "IDENTITY",
                           .required = true,
                           .summary = "Who must have signed."};
constexpr Option kIdentityProvider{.name = "--identity-provider",
                                   .takes = Takes::kValue,
                                   .value_name = "URL",
                                   .required = true,
                                   .summary = "Who must have vouched for that identity."};

using Options = std::vector<Option>;

Options together(std::initializer_list<Options> groups) {
  Options all;
  for (const Options& group : groups) all.insert(all.end(), group.begin(), group.end());
  return all;
}

Options choosing_files() { return {kIgnorePaths, kIgnoreGitPaths, kAllowSymlinks}; }

CommandForm signing(std::string_view method, std::string_view summary, std::string_view description,
                    const Options& own) {
  return {method,
          summary,
          description,
          together({choosing_files(), {kSignatureToWrite}, own, {kHelp}}),
          {}};
}

CommandForm verifying(std::string_view method, std::string_view summary,
                      std::string_view description, const Options& own) {
  return {method,
          summary,
          description,
          together({{kSignatureToRead}, choosing_files(), own, {kIgnoreUnsignedFiles, kHelp}}),
          {}};
}

constexpr std::string_view kNotKeyless =
    "Keyless signatures are not available in this version of Hallmark: the command reads its "
    "options and fails.";
CommandForm sign_command() {
  return {
      "sign",
      "Sign a model.",
      "Hashes every file of a model, which is a directory or a file, and writes the signature as a "
      "Sigstore bundle that the reference verifies too. Where no method is named, 'sigstore' is "
      "meant.",
      {kHelp},
      {
          signing("sigstore", "Sign keyless; meant where no method is named.", kNotKeyless,
                  {kUseStaging, kTrustConfig, kUseAmbientCredentials, kIdentityToken,
                   kOauthForceOob, kClientId, kClientSecret}),
          signing("key", "Sign with a private key.",
                  "Signs with an EC key on P-256, P-384 or P-521.", {kPrivateKey, kPassword}),
          signing("certificate", "Sign with a private key and its certificate.",
                  "Signs with an EC key that is certified. The certificate has to be valid now and "
                  "meant for signing code.",
                  {kPrivateKey, kSigningCertificate, kChainToSend}),
          signing("pkcs11-key", "Sign with a private key on a token.",
                  "Signs with an EC key on a PKCS #11 token. The PIN comes from the URI, from "
                  "HALLMARK_PIN or from the terminal.",
                  {kPkcs11Uri}),
          signing("pkcs11-certificate", "Sign with a certified private key on a token.",
                  "Signs with an EC key on a PKCS #11 token that is certified. The certificate has "
                  "to be valid now and meant for signing code.",
                  {kPkcs11Uri, kSigningCertificate, kChainToSend}),
      },
  };
}

CommandForm verify_command() {
  return {
      "verify",
      "Verify a model against its signature.",
      "Verifies the signature, then every file of the model against what was signed. How files "
      "were "
      "hashed comes from the signature. Where no method is named, 'sigstore' is meant.",
      {kHelp},
      {
          verifying("sigstore", "Verify a keyless signature; meant where no method is named.",
                    kNotKeyless, {kUseStaging, kTrustConfig, kIdentity, kIdentityProvider}),
          verifying("key", "Verify that the owner of a key signed.",
                    "Verifies with the signer's public key.", {kPublicKey}),
          verifying("certificate", "Verify that the owner of a certified key signed.",
                    "Verifies with the certificates in the signature, whose chain has to end at a "
                    "trusted root. All certificates have to be valid now.",
                    {kChainToTrust, kLogFingerprints}),
      },
  };
}

CommandForm digest_command() {
  return {"digest",
          "Print the digest of a model.",
          "Prints one digest for all files of a model, in the reference's order of files.",
          together({choosing_files(), {kHelp}}),
          {}};
}

CommandForm make_program() {
  return {
      {},
      {},
      "Signs and verifies machine-learning models: Hallmark with the command line of the Python "
      "reference, model-signing 1.1.1. Options may be spelled with hyphens or underscores.",
      {{.name = "--version", .summary = "Show the version and end."},
       {.name = "--log-level",
        .takes = Takes::kValue,
        .value_name = "LEVEL",
        .summary = "Show messages from this level on: DEBUG, INFO, WARNING, ERROR or CRITICAL; the "
                   "variable MODEL_SIGNING_LOG_LEVEL sets it too, and INFO is meant without "
                   "either."},
       kHelp},
      {digest_command(), sign_command(), verify_command()},
  };
}

}  // namespace

const CommandForm& program() {
  static const CommandForm kForm = make_program();
  return kForm;
}

const CommandForm* find_command(const CommandForm& parent, std::string_view word) {
  for (const CommandForm& command : parent.commands) {
    if (command.word == word) return &command;
  }
  return nullptr;
}

bool is_method(std::string_view word) {
  return std::find(kMethods.begin(), kMethods.end(), word) != kMethods.end();
}

}  // namespace hallmark::cli::model_signing

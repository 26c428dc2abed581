#include "cli/model_signing/invocation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/model_signing/commands.h"

namespace hallmark::cli::model_signing {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::StartsWith;

using Arguments = std::vector<std::string>;

Invocation call(const Arguments& arguments, std::string_view level = {}) {
  const auto interpreted = interpret(arguments, level);
  if (const auto* found = std::get_if<Invocation>(&interpreted)) return *found;
  ADD_FAILURE() << std::get<Reply>(interpreted).text;
  return {};
}

// "stdout: ..." for an answer, "stderr: ..." for a refusal.
std::string reply(const Arguments& arguments, std::string_view level = {}) {
  const auto interpreted = interpret(arguments, level);
  const auto* found = std::get_if<Reply>(&interpreted);
  if (found == nullptr) return "a call";
  return (found->is_answer ? "stdout: " : "stderr: ") + found->text;
}

auto is_refusal(std::string_view path, std::string_view reason) {
  const std::string usage = std::string("stderr: Usage: model_signing") +
                            (path.empty() ? "" : " ") + std::string(path) + " [OPTIONS] ";
  return AllOf(StartsWith(usage), HasSubstr(" --help' for help.\n\nError: "),
               EndsWith(std::string(reason) + ".\n"));
}

TEST(InvocationTest, ReadsACommandWithItsMethod) {
  const Invocation signing = call({"sign", "key", "m", "--private_key", "k"});
  EXPECT_EQ(signing.command, "sign");
  EXPECT_EQ(signing.method, "key");
  EXPECT_FALSE(signing.method_is_default);
  EXPECT_EQ(signing.model, "m");
  EXPECT_THAT(signing.options.value("--private-key"), Optional(std::string("k")));
  EXPECT_EQ(call({"digest", "m"}).command, "digest");
  EXPECT_EQ(call({"digest", "m"}).method, "");
}

TEST(InvocationTest, MeansSigstoreWhereNoMethodIsNamed) {
  const Invocation signing = call({"sign", "m", "--use-staging"});
  EXPECT_EQ(signing.method, "sigstore");
  EXPECT_TRUE(signing.method_is_default);
  EXPECT_EQ(signing.model, "m");
  EXPECT_FALSE(call({"sign", "sigstore", "m"}).method_is_default);
  EXPECT_EQ(call({"verify", "m", "--signature=s", "--identity=i", "--identity-provider=p"}).method,
            "sigstore");
}

TEST(InvocationTest, NeedsTheMethodForAModelWithTheNameOfOne) {
  EXPECT_EQ(call({"sign", "sigstore", "key"}).model, "key");
  EXPECT_THAT(reply({"sign", "key"}), is_refusal("sign key", "MODEL_PATH is missing"));
}

TEST(InvocationTest, LooksForTheMethodInTheFirstWordOnly) {
  EXPECT_THAT(reply({"sign", "--private-key", "k", "key", "m"}),
              is_refusal("sign", "no option is called '--private-key'"));
  EXPECT_THAT(reply({"sign", "m", "key"}), is_refusal("sign sigstore", "there is 'key' too"));
  EXPECT_EQ(call({"sign", "--", "key", "m", "--private-key", "k"}).method, "key");
}

TEST(InvocationTest, DoesNotVerifyWithTokens) {
  EXPECT_THAT(reply({"verify", "pkcs11-key", "m"}),
              is_refusal("verify", "no method here is called 'pkcs11-key'"));
}

TEST(InvocationTest, ReadsTheOptionsOfEveryMethod) {
  EXPECT_EQ(call({"sign", "sigstore", "m", "--use_staging", "--trust_config", "t",
                  "--use_ambient_credentials", "--identity_token", "i", "--oauth_force_oob",
                  "--client_id", "c", "--client_secret", "s"})
                .options.value("--client-secret"),
            "s");
  EXPECT_EQ(call({"sign", "pkcs11-key", "m", "--pkcs11_uri", "pkcs11:"}).method, "pkcs11-key");
  EXPECT_EQ(call({"sign", "pkcs11-certificate", "m", "--pkcs11_uri=pkcs11:",
                  "--signing_certificate=c", "--certificate_chain=a", "--certificate_chain=b"})
                .options.values("--certificate-chain")
                .size(),
            2);
  EXPECT_TRUE(call({"verify", "certificate", "m", "--signature", "s", "--log_fingerprints"})
                  .options.has("--log-fingerprints"));
}

// The column of required options in the reference's table of options.
TEST(InvocationTest, AsksForEveryRequiredOption) {
  const std::vector<std::pair<Arguments, std::string>> missing = {
      {{"sign", "key", "m"}, "--private-key"},
      {{"sign", "certificate", "m"}, "--private-key"},
      {{"sign", "certificate", "m", "--private-key=k"}, "--signing-certificate"},
      {{"sign", "pkcs11-key", "m"}, "--pkcs11-uri"},
      {{"sign", "pkcs11-certificate", "m"}, "--pkcs11-uri"},
      {{"sign", "pkcs11-certificate", "m", "--pkcs11-uri=p"}, "--signing-certificate"},
      {{"verify", "m"}, "--signature"},
      {{"verify", "m", "--signature=s"}, "--identity"},
      {{"verify", "m", "--signature=s", "--identity=i"}, "--identity-provider"},
      {{"verify", "key", "m"}, "--signature"},
      {{"verify", "key", "m", "--signature=s"}, "--public-key"},
      {{"verify", "certificate", "m"}, "--signature"},
  };
  for (const auto& [arguments, option] : missing) {
    EXPECT_THAT(reply(arguments), HasSubstr("Error: the option '" + option + "' is missing.\n"));
  }
}

TEST(InvocationTest, OffersEachMethodItsOwnOptionsOnly) {
  EXPECT_THAT(reply({"sign", "certificate", "m", "--password", "p"}),
              is_refusal("sign certificate", "'--password'"));
  EXPECT_THAT(reply({"sign", "key", "m", "--ignore-unsigned-files"}),
              is_refusal("sign key", "'--ignore-unsigned-files'"));
  EXPECT_THAT(reply({"verify", "key", "m", "--certificate-chain", "c"}),
              is_refusal("verify key", "'--certificate-chain'"));
  EXPECT_THAT(reply({"digest", "m", "--signature", "s"}), is_refusal("digest", "'--signature'"));
  EXPECT_THAT(reply({"sign", "key", "m", "--log-level", "info"}),
              is_refusal("sign key", "'--log-level'"));
  EXPECT_THAT(reply({"sign", "--version"}), is_refusal("sign", "'--version'"));
}

TEST(InvocationTest, RefusesWordsThatAreNoCommands) {
  EXPECT_THAT(reply({"key", "m"}), is_refusal("", "no command here is called 'key'"));
  EXPECT_THAT(reply({"--log-level", "info"}), is_refusal("", "a command is missing"));
  EXPECT_THAT(reply({"sign", "--"}), is_refusal("sign", "a method is missing"));
}

TEST(InvocationTest, RefusesASecondModel) {
  EXPECT_THAT(reply({"digest", "m", "n"}), is_refusal("digest", "there is 'n' too"));
}

TEST(InvocationTest, TakesTheLevelFromTheOptionBeforeTheVariable) {
  const Arguments digest = {"digest", "m"};
  EXPECT_EQ(call(digest).threshold, Threshold::kInfo);
  EXPECT_EQ(call(digest, "error").threshold, Threshold::kError);
  EXPECT_EQ(call({"--log-level", "Debug", "digest", "m"}, "error").threshold, Threshold::kDebug);
  EXPECT_EQ(call({"--log_level=Debug", "digest", "m"}, "nonsense").threshold, Threshold::kDebug);
  EXPECT_THAT(reply(digest, "loud"), HasSubstr("MODEL_SIGNING_LOG_LEVEL: expected DEBUG, "));
  EXPECT_THAT(reply({"--log-level", "loud", "digest", "m"}), HasSubstr("--log-level: expected "));
}

TEST(InvocationTest, AnswersWithHelpBeforeItLooksAtAnythingElse) {
  EXPECT_THAT(reply({"-h"}), StartsWith("stdout: Usage: model_signing [OPTIONS] COMMAND"));
  EXPECT_THAT(reply({"--log-level", "loud", "--help"}), StartsWith("stdout: Usage: "));
  EXPECT_THAT(reply({"sign", "--help", "key"}), StartsWith("stdout: Usage: model_signing sign ["));
  EXPECT_THAT(reply({"sign", "m", "--help"}),
              StartsWith("stdout: Usage: model_signing sign sigstore ["));
  EXPECT_THAT(reply({"sign", "key", "a", "b", "-h"}),
              StartsWith("stdout: Usage: model_signing sign key ["));
  EXPECT_THAT(reply({"sign", "key", "--help", "--nonsense"}),
              is_refusal("sign key", "'--nonsense'"));
}

TEST(InvocationTest, AnswersWithWhicheverOfHelpAndVersionComesFirst) {
  EXPECT_THAT(reply({"--version", "--help"}), StartsWith("stdout: model_signing, version "));
  EXPECT_THAT(reply({"--help", "--version"}), StartsWith("stdout: Usage: "));
}

TEST(InvocationTest, ShowsHelpAsARefusalWithoutArguments) {
  EXPECT_THAT(reply({}), StartsWith("stderr: Usage: model_signing [OPTIONS] COMMAND"));
  EXPECT_THAT(reply({"sign"}), StartsWith("stderr: Usage: model_signing sign ["));
  EXPECT_THAT(reply({"verify"}), StartsWith("stderr: Usage: model_signing verify ["));
}

void expect_help_of_all(const CommandForm& form, const Arguments& words) {
  Arguments arguments = words;
  arguments.emplace_back("--help");
  const std::string help = reply(arguments);
  for (const Option& option : form.options) {
    EXPECT_THAT(help, HasSubstr(std::string(option.name))) << ::testing::PrintToString(words);
  }
  for (std::size_t at = 0; at < help.size();) {
    const std::size_t end = help.find('\n', at);
    EXPECT_LE(end - at, at == 0 ? 88 : 80) << help.substr(at, end - at);
    at = end + 1;
  }
  for (const CommandForm& below : form.commands) {
    EXPECT_THAT(help, HasSubstr("\n  " + std::string(below.word) + " "));
    Arguments deeper = words;
    deeper.emplace_back(below.word);
    expect_help_of_all(below, deeper);
  }
}

TEST(InvocationTest, ExplainsEveryCommandAndOption) { expect_help_of_all(program(), {}); }

}  // namespace
}  // namespace hallmark::cli::model_signing

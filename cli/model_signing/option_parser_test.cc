#include "cli/model_signing/option_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing/result_matchers.h"

namespace hallmark::cli::model_signing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;

constexpr Option kOptions[] = {
    {.name = "--private-key", .takes = Takes::kValue},
    {.name = "--ignore-paths", .takes = Takes::kValues},
    {.name = "--ignore-git-paths", .negation = "--no-ignore-git-paths"},
    {.name = "--allow-symlinks"},
    {.name = "--help"},
};

using Arguments = std::vector<std::string>;

Result<ParsedOptions> parse(const Arguments& arguments,
                            OptionsStand stand = OptionsStand::kAnywhere) {
  return parse_options(kOptions, arguments, stand);
}

std::string reason(const Arguments& arguments) {
  const auto parsed = parse(arguments);
  if (parsed) return "parsed";
  EXPECT_EQ(parsed.error().code, Code::kUsage);
  return parsed.error().message;
}

TEST(OptionParserTest, FindsOptionsAmongPositionalArguments) {
  const auto parsed = parse({"a", "--allow-symlinks", "b", "--private-key", "k", "c"});
  ASSERT_THAT(parsed, testing::IsOk());
  EXPECT_TRUE(parsed->given.has("--allow-symlinks"));
  EXPECT_THAT(parsed->given.value("--private-key"), Optional(std::string("k")));
  EXPECT_THAT(parsed->rest, ElementsAre("a", "b", "c"));
}

TEST(OptionParserTest, TakesHyphensAndUnderscoresInEveryMixture) {
  for (const char* name : {"--private-key", "--private_key"}) {
    EXPECT_THAT(parse({name, "k"})->given.value("--private-key"), Optional(std::string("k")));
  }
  for (const char* name : {"--no-ignore-git-paths", "--no_ignore_git_paths",
                           "--no-ignore_git_paths", "--no-ignore-git_paths"}) {
    EXPECT_FALSE(parse({name})->given.is_on("--ignore-git-paths", true)) << name;
  }
}

TEST(OptionParserTest, LeavesUnderscoresOfValuesAlone) {
  EXPECT_THAT(parse({"--private_key=a_b=c_d"})->given.value("--private-key"),
              Optional(std::string("a_b=c_d")));
  EXPECT_THAT(parse({"--private-key", "--a_b"})->given.value("--private-key"),
              Optional(std::string("--a_b")));
}

TEST(OptionParserTest, TakesTheNextArgumentAsValueWhateverItLooksLike) {
  const auto parsed = parse({"--private-key", "--", "m"});
  ASSERT_THAT(parsed, testing::IsOk());
  EXPECT_THAT(parsed->given.value("--private-key"), Optional(std::string("--")));
  EXPECT_THAT(parsed->rest, ElementsAre("m"));
}

TEST(OptionParserTest, TakesAnEmptyValue) {
  EXPECT_THAT(parse({"--private-key="})->given.value("--private-key"), Optional(std::string()));
  EXPECT_THAT(parse({"--private-key", ""})->given.value("--private-key"), Optional(std::string()));
}

TEST(OptionParserTest, CountsTheLastOfSeveralValuesAndSwitches) {
  const auto parsed = parse(
      {"--private-key", "one", "--private-key=two", "--no-ignore-git-paths", "--ignore-git-paths"});
  ASSERT_THAT(parsed, testing::IsOk());
  EXPECT_THAT(parsed->given.value("--private-key"), Optional(std::string("two")));
  EXPECT_TRUE(parsed->given.is_on("--ignore-git-paths", false));
}

TEST(OptionParserTest, KeepsEveryValueOfARepeatableOption) {
  const auto parsed = parse({"--ignore-paths", "a", "m", "--ignore_paths=b"});
  ASSERT_THAT(parsed, testing::IsOk());
  EXPECT_THAT(parsed->given.values("--ignore-paths"), ElementsAre("a", "b"));
}

TEST(OptionParserTest, SaysWhatASwitchIsWithoutBeingGiven) {
  const auto parsed = parse({});
  ASSERT_THAT(parsed, testing::IsOk());
  EXPECT_TRUE(parsed->given.is_on("--ignore-git-paths", true));
  EXPECT_FALSE(parsed->given.is_on("--ignore-git-paths", false));
  EXPECT_FALSE(parsed->given.has("--private-key"));
  EXPECT_THAT(parsed->given.values("--ignore-paths"), IsEmpty());
}

TEST(OptionParserTest, TakesEverythingBehindTwoHyphensAsPositional) {
  EXPECT_THAT(parse({"a", "--", "--private-key", "--", "-x"})->rest,
              ElementsAre("a", "--private-key", "--", "-x"));
}

TEST(OptionParserTest, TakesALoneHyphenAsPositional) {
  EXPECT_THAT(parse({"-"})->rest, ElementsAre("-"));
}

TEST(OptionParserTest, StopsAtTheFirstWordOfACommandWithCommands) {
  const auto parsed =
      parse({"--allow-symlinks", "key", "--unknown", "--"}, OptionsStand::kBeforeWords);
  ASSERT_THAT(parsed, testing::IsOk());
  EXPECT_THAT(parsed->rest, ElementsAre("key", "--unknown", "--"));
}

TEST(OptionParserTest, DropsTheSeparatorBeforeTheFirstWord) {
  EXPECT_THAT(parse({"--", "--key", "x"}, OptionsStand::kBeforeWords)->rest,
              ElementsAre("--key", "x"));
}

TEST(OptionParserTest, KnowsOneShortOption) {
  EXPECT_TRUE(parse({"-h"})->given.has("--help"));
  EXPECT_TRUE(parse({"-hh"})->given.has("--help"));
  EXPECT_EQ(reason({"-x"}), "no option is called '-x'");
  EXPECT_EQ(reason({"-hx"}), "no option is called '-x'");
  EXPECT_EQ(reason({"-h=1"}), "no option is called '-='");
}

TEST(OptionParserTest, RefusesAbbreviations) {
  EXPECT_EQ(reason({"--priv", "k"}), "no option is called '--priv'");
  EXPECT_EQ(reason({"--private_key_"}), "no option is called '--private_key_'");
  EXPECT_EQ(reason({"--privatekey"}), "no option is called '--privatekey'");
}

TEST(OptionParserTest, RefusesOptionsThatAreNone) {
  EXPECT_EQ(reason({"--=k"}), "no option is called '--'");
  EXPECT_EQ(reason({"--Help"}), "no option is called '--Help'");
  EXPECT_EQ(reason({"--no-allow-symlinks"}), "no option is called '--no-allow-symlinks'");
  EXPECT_EQ(reason({"--a\nb=c"}), "no option is called '--a\\nb'");
}

TEST(OptionParserTest, RefusesAMissingValue) {
  EXPECT_EQ(reason({"m", "--private_key"}), "option '--private-key' needs a value");
}

TEST(OptionParserTest, RefusesAValueOfASwitch) {
  EXPECT_EQ(reason({"--allow-symlinks=1"}), "option '--allow-symlinks' goes without a value");
  EXPECT_EQ(reason({"--allow-symlinks="}), "option '--allow-symlinks' goes without a value");
  EXPECT_THAT(reason({"--no_ignore_git_paths=1"}), HasSubstr("'--no-ignore-git-paths'"));
}

}  // namespace
}  // namespace hallmark::cli::model_signing

#include "cli/argument_spelling.h"

#include <gtest/gtest.h>

namespace hallmark::cli {
namespace {

using Arguments = std::vector<std::string>;

Arguments spelled(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "hallmark");
  return with_hyphens(static_cast<int>(arguments.size()), arguments.data());
}

TEST(ArgumentSpellingTest, TurnsUnderscoresOfLongOptionsIntoHyphens) {
  EXPECT_EQ(spelled({"sign", "--private_key", "my_key", "--ignore_git_paths"}),
            (Arguments{"sign", "--private-key", "my_key", "--ignore-git-paths"}));
}

TEST(ArgumentSpellingTest, LeavesValuesAlone) {
  EXPECT_EQ(spelled({"--private_key=my_key", "a_b", "-a_b"}),
            (Arguments{"--private-key=my_key", "a_b", "-a_b"}));
}

TEST(ArgumentSpellingTest, LeavesWhatFollowsTheSeparatorAlone) {
  EXPECT_EQ(spelled({"--a_b", "--", "--c_d"}), (Arguments{"--a-b", "--", "--c_d"}));
}

Arguments with_any(Arguments arguments) { return with_method(std::move(arguments)); }

TEST(WithMethodTest, PutsAnyWhereAModelStands) {
  EXPECT_EQ(with_any({"verify", "model", "--signature", "a"}),
            (Arguments{"verify", "any", "model", "--signature", "a"}));
  EXPECT_EQ(with_any({"verify", "--signature", "a", "model"}),
            (Arguments{"verify", "any", "--signature", "a", "model"}));
  EXPECT_EQ(with_any({"verify", "./key"}), (Arguments{"verify", "any", "./key"}));
}

TEST(WithMethodTest, LeavesMethodsAndOtherCommandsAlone) {
  for (const Arguments& arguments :
       {Arguments{}, Arguments{"verify"}, Arguments{"verify", "--help"}, Arguments{"verify", "-h"},
        Arguments{"verify", "key", "model"}, Arguments{"verify", "any", "key"},
        Arguments{"verify", "sigstore", "model"}, Arguments{"verify", "--json", "key", "model"},
        Arguments{"sign", "model"}, Arguments{"digest", "verify", "model"}}) {
    EXPECT_EQ(with_any(arguments), arguments);
  }
}

}  // namespace
}  // namespace hallmark::cli

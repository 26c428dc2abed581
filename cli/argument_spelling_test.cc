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

}  // namespace
}  // namespace hallmark::cli

#include "hash/sha256/choice.h"

#include <cstdlib>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hash/sha256/libcrypto.h"

namespace hallmark::hash::sha256 {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Kernels are told apart by their functions.
template <std::size_t kWidth>
void compress_each(Lane* const* lanes, std::size_t blocks) {
  for (std::size_t i = 0; i < kWidth; ++i) compress_libcrypto(lanes + i, blocks);
}

void corrupt(Lane* const* lanes, std::size_t blocks) {
  compress_each<2>(lanes, blocks);
  lanes[1]->state.words[0] ^= 1;
}

const Rate kSingle{{"libcrypto", 1, compress_libcrypto}, 1.0};
const Rate kTwo{{"two", 2, compress_each<2>}, 1.8};
const Rate kThree{{"three", 3, compress_each<3>}, 1.82};
const Rate kWide{{"wide", 16, compress_each<16>}, 3.2};
const Rate kCorrupt{{"corrupt", 2, corrupt}, 1.9};

std::vector<std::string> names(const Choice& choice) {
  std::vector<std::string> steps;
  steps.reserve(choice.steps.size());
  for (const Step& step : choice.steps) {
    steps.push_back(std::string(step.kernel.name) + "@" + std::to_string(step.from));
  }
  return steps;
}

class ChooseAmongTest : public ::testing::Test {
 protected:
  Choice choose_from(const std::vector<Rate>& rates, std::size_t messages = 100,
                     std::string_view forced = "") {
    return choose_among(rates, messages, forced, checks_);
  }

  std::set<std::string_view> checked_;
  SelfChecks checks_{[this](const Kernel& kernel) {
    checked_.insert(kernel.name);
    return agrees_with_libcrypto(kernel);
  }};
};

TEST_F(ChooseAmongTest, TakesWhatIsQuickestForEachNumberOfMessages) {
  const Choice choice = choose_from({kSingle, kTwo, kThree, kWide});
  EXPECT_THAT(names(choice), ElementsAre("libcrypto@1", "two@2", "wide@10"));
  EXPECT_THAT(choice.warnings, IsEmpty());
  EXPECT_EQ(choice.for_messages(1).name, "libcrypto");
  EXPECT_EQ(choice.for_messages(2).name, "two");
  EXPECT_EQ(choice.for_messages(9).name, "two");
  EXPECT_EQ(choice.for_messages(10).name, "wide");
  EXPECT_EQ(choice.for_messages(1'000'000).name, "wide");
}

TEST_F(ChooseAmongTest, ChecksOnlyWhatTheJobCanUse) {
  EXPECT_THAT(names(choose_from({kSingle, kTwo, kThree, kWide}, 1)), ElementsAre("libcrypto@1"));
  EXPECT_THAT(names(choose_from({kSingle, kTwo, kThree, kWide}, 0)), ElementsAre("libcrypto@1"));
  EXPECT_THAT(checked_, IsEmpty());
  EXPECT_THAT(names(choose_from({kSingle, kTwo, kThree, kWide}, 9)),
              ElementsAre("libcrypto@1", "two@2"));
  EXPECT_THAT(checked_, ElementsAre("two"));
}

TEST_F(ChooseAmongTest, FallsBackWithAWarningWhenAKernelIsWrong) {
  const Choice choice = choose_from({kSingle, kTwo, kCorrupt});
  EXPECT_THAT(names(choice), ElementsAre("libcrypto@1", "two@2"));
  EXPECT_THAT(choice.warnings, ElementsAre("the SHA-256 kernel corrupt disagrees with libcrypto "
                                           "and is not used"));
}

TEST_F(ChooseAmongTest, EndsAtLibcrypto) {
  EXPECT_THAT(names(choose_from({kCorrupt})), ElementsAre("libcrypto@1"));
  EXPECT_THAT(names(choose_from({})), ElementsAre("libcrypto@1"));
}

TEST_F(ChooseAmongTest, ObeysAForcedName) {
  for (const std::size_t messages : {1U, 100U}) {
    const Choice choice = choose_from({kSingle, kTwo, kWide}, messages, "wide");
    EXPECT_THAT(names(choice), ElementsAre("wide@1"));
    EXPECT_THAT(choice.warnings, IsEmpty());
    EXPECT_EQ(choice.for_messages(1).name, "wide");
  }
}

TEST_F(ChooseAmongTest, WarnsOfAForcedNameThatItDoesNotKnow) {
  const Choice choice = choose_from({kSingle, kTwo}, 100, "mm\x1bx");
  EXPECT_THAT(names(choice), ElementsAre("libcrypto@1", "two@2"));
  ASSERT_EQ(choice.warnings.size(), 1U);
  EXPECT_THAT(choice.warnings.front(), HasSubstr("HALLMARK_SHA256_KERNEL"));
  EXPECT_EQ(choice.warnings.front().find('\x1b'), std::string::npos);
}

TEST_F(ChooseAmongTest, DoesNotObeyWhenTheForcedKernelIsWrong) {
  const Choice choice = choose_from({kSingle, kTwo, kCorrupt}, 100, "corrupt");
  EXPECT_THAT(names(choice), ElementsAre("libcrypto@1", "two@2"));
  EXPECT_THAT(choice.warnings, ElementsAre(HasSubstr("corrupt disagrees")));
}

class ChooseTest : public ::testing::Test {
 protected:
  void TearDown() override { ::unsetenv("HALLMARK_SHA256_KERNEL"); }

  static void force(std::string_view name) {
    ::setenv("HALLMARK_SHA256_KERNEL", std::string(name).c_str(), 1);
  }
};

TEST_F(ChooseTest, TakesLibcryptoOrAnEqualForOneMessage) {
  const Choice choice = choose({.messages = 1});
  ASSERT_EQ(choice.steps.size(), 1U);
  EXPECT_EQ(choice.steps.front().kernel.width, 1U);
  EXPECT_THAT(choice.warnings, IsEmpty());
}

TEST_F(ChooseTest, ObeysTheEnvironment) {
  for (const Kernel& kernel : kernels_of_this_machine()) {
    force(kernel.name);
    const Choice choice = choose({.messages = 100, .is_large = true});
    EXPECT_THAT(choice.warnings, IsEmpty());
    EXPECT_EQ(choice.for_messages(1).name, kernel.name);
    EXPECT_EQ(choice.for_messages(100).name, kernel.name);
  }
}

TEST_F(ChooseTest, WarnsOfANameThatTheMachineDoesNotHave) {
  force("sse9");
  EXPECT_THAT(choose({.messages = 100}).warnings, ElementsAre(HasSubstr("'sse9'")));
}

TEST_F(ChooseTest, AlwaysHasAKernelForLargeJobs) {
  const Choice choice = choose({.messages = 100, .is_large = true});
  ASSERT_FALSE(choice.steps.empty());
  EXPECT_EQ(choice.steps.front().from, 1U);
  EXPECT_THAT(choice.warnings, IsEmpty());
}

}  // namespace
}  // namespace hallmark::hash::sha256

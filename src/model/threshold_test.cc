#include "model/threshold.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "testing/signing_keys.h"

namespace hallmark::model {
namespace {

using hallmark::testing::public_key;

// One letter a signature: a lower-case one is verified, its signer the key that the letter stands
// for; an upper-case one is undecided after the signer was found; "?" is undecided and "-" rejected
// before; "!" is a file that changed.
JudgedSignature signature(char what) {
  JudgedSignature judged;
  VerifyReport& report = judged.report;
  const auto key = [&](char letter) {
    return public_key(letter == 'a' ? "p256" : letter == 'b' ? "p384" : "p521");
  };
  report.problem.reset();
  if (what == '-') report.problem = Error{Code::kSignatureInvalid, "rejected"};
  if (what == '?') report.problem = Error{Code::kNotFound, "undecided"};
  if (what == '!') report.problem = Error{Code::kFileChanged, "changed"};
  if (what >= 'A' && what <= 'C') report.problem = Error{Code::kIoError, "unreadable"};
  if (what >= 'a' && what <= 'c') report.signer = key(what);
  if (what >= 'A' && what <= 'C') report.signer = key(static_cast<char>(what - 'A' + 'a'));
  return judged;
}

std::vector<JudgedSignature> signatures(const std::string& letters) {
  std::vector<JudgedSignature> all;
  for (const char letter : letters) all.push_back(signature(letter));
  count_signers(all);
  return all;
}

// "verified", or the code.
std::string outcome(const std::string& letters, std::optional<std::size_t> threshold,
                    std::optional<std::size_t> most_signers = std::nullopt) {
  const auto problem = decide(signatures(letters), threshold, most_signers);
  return problem ? std::string(name_of(problem->code)) : "verified";
}

TEST(CountSignersTest, CountsEachKeyOnce) {
  std::vector<JudgedSignature> all = signatures("abaBc-?b");
  EXPECT_EQ(count_signers(all), 3U);
  std::string counted;
  for (const JudgedSignature& one : all) counted += one.counted ? 'y' : 'n';
  EXPECT_EQ(counted, "yynnynnn");
}

TEST(DecideTest, WithoutAThresholdAllHaveToBeVerified) {
  EXPECT_EQ(outcome("ab", std::nullopt), "verified");
  EXPECT_EQ(outcome("aa", std::nullopt), "verified");
  EXPECT_EQ(outcome("a-", std::nullopt), "signature_invalid");
  EXPECT_EQ(outcome("a?", std::nullopt), "not_found");
  EXPECT_EQ(outcome("aB", std::nullopt), "io_error");
}

TEST(DecideTest, WithoutAThresholdARejectionIsNotHiddenByWhatIsUndecided) {
  EXPECT_EQ(outcome("?-", std::nullopt), "signature_invalid");
  EXPECT_EQ(outcome("!-", std::nullopt), "signature_invalid");
}

TEST(DecideTest, AThresholdIsReachedByDifferentSigners) {
  EXPECT_EQ(outcome("a-", 1), "verified");
  EXPECT_EQ(outcome("ab", 2), "verified");
  EXPECT_EQ(outcome("ab-?", 2), "verified");
  EXPECT_EQ(outcome("abc", 3), "verified");
}

TEST(DecideTest, TheSameSignerTwiceIsOne) {
  EXPECT_EQ(outcome("aa", 2), "threshold_not_met");
  EXPECT_EQ(outcome("aab", 3), "threshold_not_met");
  EXPECT_EQ(outcome("aab", 2), "verified");
}

TEST(DecideTest, RejectedSignaturesDoNotCount) {
  EXPECT_EQ(outcome("--", 1), "threshold_not_met");
  EXPECT_EQ(outcome("a-", 2), "threshold_not_met");
}

TEST(DecideTest, IsUndecidedWhereTheThresholdCouldStillBeReached) {
  EXPECT_EQ(outcome("a?", 2), "not_found");
  EXPECT_EQ(outcome("aB", 2), "io_error");
  EXPECT_EQ(outcome("?B", 2), "not_found");
  EXPECT_EQ(outcome("a?-", 2), "not_found");
}

TEST(DecideTest, IsRejectedWhereItCouldNot) {
  EXPECT_EQ(outcome("a?-", 3), "threshold_not_met");
  EXPECT_EQ(outcome("aA", 2), "threshold_not_met") << "the undecided one is of the same signer";
  EXPECT_EQ(outcome("BB", 2), "threshold_not_met");
}

TEST(DecideTest, ThereAreNoMoreSignersThanKeys) {
  EXPECT_EQ(outcome("a?", 2, 1), "threshold_not_met");
  EXPECT_EQ(outcome("a?", 2, 2), "not_found");
  EXPECT_EQ(outcome("??", 2, 1), "threshold_not_met");
  EXPECT_EQ(outcome("?", 1, 1), "not_found");
}

TEST(DecideTest, AChangedFileLeavesItUndecidedHoweverManyCount) {
  EXPECT_EQ(outcome("a!", 1), "file_changed");
  EXPECT_EQ(outcome("ab!", 2), "file_changed");
}

// Whatever the outcomes: only enough different verified signers verify, and what is undecided only
// ever turns a rejection into "undecided".
TEST(DecideTest, HoldsForAllCombinations) {
  const std::string kinds = "abAB?-";
  for (std::size_t n = 0; n < kinds.size() * kinds.size() * kinds.size(); ++n) {
    const std::string letters = {kinds[n % 6], kinds[n / 6 % 6], kinds[n / 36]};
    std::vector<JudgedSignature> all = signatures(letters);
    const std::size_t signers = count_signers(all);
    for (std::size_t threshold = 1; threshold <= 3; ++threshold) {
      const std::string found = outcome(letters, threshold);
      EXPECT_EQ(found == "verified", signers >= threshold) << letters << threshold;
      std::string without_undecided;
      for (const char c : letters) without_undecided += c < 'a' ? '-' : c;
      if (found == "threshold_not_met") {
        EXPECT_EQ(outcome(without_undecided, threshold), found) << letters << threshold;
      }
    }
  }
}

}  // namespace
}  // namespace hallmark::model

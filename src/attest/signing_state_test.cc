#include <gtest/gtest.h>

#include "hallmark/attest/detached.h"
#include "hallmark/attest/statement.h"
#include "testing/case_files.h"
#include "testing/result_matchers.h"

namespace hallmark::attest {
namespace {

using hallmark::testing::case_files;
using hallmark::testing::IsOk;

TEST(SigningStateTest, ReadsEveryAcceptedForm) {
  for (const auto& file : case_files("signing_states/accept")) {
    const auto state = decode_signing_state(file.contents);
    ASSERT_THAT(state, IsOk()) << file.name;
    EXPECT_THAT(decode_statement(state->payload), IsOk()) << file.name;
  }
}

TEST(SigningStateTest, RefusesEveryFaultWithItsOwnCode) {
  for (const auto& file : case_files("signing_states/reject")) {
    const auto state = decode_signing_state(file.contents);
    ASSERT_FALSE(state.has_value()) << file.name;
    EXPECT_EQ(name_of(state.error().code), file.code) << file.name << ": " << state.error().message;
  }
}

// The files were not written by Hallmark, and all but one are spelled as it spells them.
TEST(SigningStateTest, WritesWhatItReads) {
  for (const auto& file : case_files("signing_states/accept")) {
    const std::string again = encode_signing_state(decode_signing_state(file.contents).value());
    EXPECT_THAT(decode_signing_state(again), IsOk()) << file.name;
    const bool ours = !file.name.starts_with("indented");
    EXPECT_EQ(again == file.contents, ours) << file.name;
  }
}

}  // namespace
}  // namespace hallmark::attest

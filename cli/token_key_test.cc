#include "cli/token_key.h"

#include <cstdlib>

#include <gtest/gtest.h>

#include "testing/result_matchers.h"

namespace hallmark::cli {
namespace {

using hallmark::testing::HasCode;

constexpr const char* kNoModule = "pkcs11:?module-path=/nonexistent/module.so";

TEST(UserPinTest, TakesTheVariable) {
  const base::Cancellation cancellation;
  ::setenv("HALLMARK_PIN", "2468", 1);
  const auto pin = UserPin(cancellation).pin({"T", false});
  ::unsetenv("HALLMARK_PIN");
  ASSERT_TRUE(pin.has_value());
  EXPECT_EQ(pin->expose_secret(), "2468");
}

TEST(TokenKeyTest, WarnsOfAPinInTheUriAndDoesNotShowIt) {
  const base::Cancellation cancellation;
  base::CollectingLog log;
  EXPECT_THAT(open_token_key(std::string(kNoModule) + "&pin-value=2468", log, cancellation),
              HasCode(Code::kTokenModuleUnusable));
  ASSERT_EQ(log.warnings().size(), 1U);
  EXPECT_THAT(log.warnings().front(), ::testing::StartsWith("pin-value in --pkcs11-uri"));
  EXPECT_THAT(log.warnings().front(), ::testing::Not(::testing::HasSubstr("2468")));
}

TEST(TokenKeyTest, WarnsOfNothingElse) {
  const base::Cancellation cancellation;
  base::CollectingLog log;
  EXPECT_THAT(open_token_key(kNoModule, log, cancellation), HasCode(Code::kTokenModuleUnusable));
  EXPECT_THAT(open_token_key("", log, cancellation), HasCode(Code::kPkcs11UriInvalid));
  EXPECT_TRUE(log.warnings().empty());
}

}  // namespace
}  // namespace hallmark::cli

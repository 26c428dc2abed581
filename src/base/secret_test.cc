#include "hallmark/base/secret.h"

#include <algorithm>
#include <cstddef>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <gtest/gtest.h>

namespace hallmark::base {
namespace {

// One that a string keeps inside itself, and one that it does not.
constexpr std::string_view kShort = "hunter2";
constexpr std::string_view kLong = "correct horse battery staple, and a good deal more";

static_assert(!std::is_copy_constructible_v<Secret>);
static_assert(!std::is_copy_assignable_v<Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret>);

TEST(SecretTest, HoldsItsText) {
  EXPECT_TRUE(Secret().empty());
  for (const std::string_view text : {kShort, kLong}) {
    const Secret secret{std::string(text)};
    EXPECT_EQ(secret.expose_secret(), text);
    EXPECT_FALSE(secret.empty());
  }
}

// Whether the memory of an object still shows the text.
template <typename T>
bool shows(const T& object, std::string_view text) {
  const std::string_view memory(reinterpret_cast<const char*>(&object), sizeof(object));
  return memory.find(text) != std::string_view::npos;
}

TEST(SecretTest, WipesWhatItWasMadeFrom) {
  std::string text(kShort);
  ASSERT_TRUE(shows(text, kShort));
  const Secret secret(std::move(text));
  EXPECT_FALSE(shows(text, kShort));  // NOLINT(bugprone-use-after-move): that is the point
}

TEST(SecretTest, MovingLeavesNothingBehind) {
  for (const std::string_view text : {kShort, kLong}) {
    Secret source{std::string(text)};
    Secret target(std::move(source));
    EXPECT_EQ(target.expose_secret(), text);
    EXPECT_TRUE(source.empty());  // NOLINT(bugprone-use-after-move)
    EXPECT_FALSE(shows(source, text));

    Secret assigned{std::string("old")};
    assigned = std::move(target);
    EXPECT_EQ(assigned.expose_secret(), text);
    EXPECT_TRUE(target.empty());  // NOLINT(bugprone-use-after-move)
    EXPECT_FALSE(shows(target, text));
  }
}

TEST(SecretTest, AssigningToItselfKeepsTheText) {
  Secret secret{std::string(kLong)};
  Secret& same = secret;
  secret = std::move(same);
  EXPECT_EQ(secret.expose_secret(), kLong);
}

TEST(SecretTest, AssigningOverAnotherForgetsIt) {
  Secret target{std::string(kShort)};
  target = Secret(std::string("x"));
  EXPECT_FALSE(shows(target, kShort.substr(1)));
}

TEST(SecretTest, WipesItsMemoryInTheEnd) {
  alignas(Secret) std::byte memory[sizeof(Secret)] = {};
  auto* secret = new (memory) Secret{std::string(kShort)};
  ASSERT_TRUE(shows(memory, kShort));
  secret->~Secret();
  EXPECT_FALSE(shows(memory, kShort));
}

}  // namespace
}  // namespace hallmark::base

#include "base/processors.h"

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <optional>
#include <string_view>

#include <gtest/gtest.h>

#include "hallmark/base/thread_pool.h"

namespace hallmark::base {
namespace {

TEST(ParseCpuMaxTest, ReadsQuotas) {
  EXPECT_EQ(parse_cpu_max("150000 100000\n"), 1.5);
  EXPECT_EQ(parse_cpu_max("150000 100000"), 1.5);
  EXPECT_EQ(parse_cpu_max("400000 100000\n"), 4.0);
  EXPECT_EQ(parse_cpu_max("10000 100000\n"), 0.1);
}

TEST(ParseCpuMaxTest, SeesNoLimitInAnythingElse) {
  const std::string_view texts[] = {
      "max 100000\n",
      "",
      "\n",
      "max",
      "100000",
      "100000 ",
      " 100000",
      "0 100000",
      "100000 0",
      "-1 100000",
      "100000 -1",
      "a b",
      "1e5 100000",
      "1x 100000",
      "100000 1x",
      "1  2",
      "1 2 3",
      "1 2\n\n",
      "99999999999999999999 100000",
  };
  for (const std::string_view text : texts) EXPECT_EQ(parse_cpu_max(text), std::nullopt) << text;
}

constexpr std::string_view kUnified = "0::/user.slice/session-1.scope\n";
constexpr std::string_view kLegacy =
    "12:memory:/docker/abc\n"
    "11:cpuset:/docker/wrong\n"
    "4:cpu,cpuacct:/docker/abc\n"
    "1:name=systemd:/init\n";
constexpr std::string_view kHybrid =
    "3:cpuacct,cpu:/legacy\n"
    "1:name=systemd:/init\n"
    "0::/unified\n";

TEST(FindCgroupTest, ReadsTheUnifiedHierarchy) {
  EXPECT_EQ(find_unified_cgroup(kUnified), "/user.slice/session-1.scope");
  EXPECT_EQ(find_cpu_cgroup(kUnified), std::nullopt);
}

TEST(FindCgroupTest, ReadsTheLegacyHierarchy) {
  EXPECT_EQ(find_unified_cgroup(kLegacy), std::nullopt);
  EXPECT_EQ(find_cpu_cgroup(kLegacy), "/docker/abc");
}

TEST(FindCgroupTest, ReadsBothHierarchies) {
  EXPECT_EQ(find_unified_cgroup(kHybrid), "/unified");
  EXPECT_EQ(find_cpu_cgroup(kHybrid), "/legacy");
}

TEST(FindCgroupTest, KeepsColonsOfThePath) {
  EXPECT_EQ(find_unified_cgroup("0::/a:b:c\n"), "/a:b:c");
  EXPECT_EQ(find_unified_cgroup("0::/"), "/");
}

TEST(FindCgroupTest, PassesOverWhatItDoesNotUnderstand) {
  for (const std::string_view text : {"", "\n", "0", "0:", "0:cpu", "junk\n\n:\n"}) {
    EXPECT_EQ(find_unified_cgroup(text), std::nullopt) << text;
    EXPECT_EQ(find_cpu_cgroup(text), std::nullopt) << text;
  }
  EXPECT_EQ(find_unified_cgroup("junk\n0::/found\n"), "/found");
}

// The exit status of a child that may use one core only.
int processors_of_pinned_child() {
  const pid_t child = ::fork();
  if (child == 0) {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    ::sched_getaffinity(0, sizeof(allowed), &allowed);
    std::size_t first = 0;
    while (first < CPU_SETSIZE && !CPU_ISSET(first, &allowed)) ++first;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    const bool pinned = ::sched_setaffinity(0, sizeof(one), &one) == 0;
    ::_exit(pinned ? static_cast<int>(usable_processors()) : 100);
  }
  int status = 0;
  if (::waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
  return WEXITSTATUS(status);
}

TEST(UsableProcessorsTest, AreAtLeastOne) { EXPECT_GE(usable_processors(), 1U); }

TEST(UsableProcessorsTest, FollowTheAffinityMask) { EXPECT_EQ(processors_of_pinned_child(), 1); }

}  // namespace
}  // namespace hallmark::base

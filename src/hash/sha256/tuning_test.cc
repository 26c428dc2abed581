#include "hash/sha256/tuning.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "hash/sha256/choice.h"

namespace hallmark::hash::sha256 {
namespace {

using Steps = std::vector<std::pair<std::string, std::size_t>>;

Steps steps_of(const std::vector<Rate>& rates) {
  SelfChecks trusting([](const Kernel&) { return true; });
  Steps steps;
  for (const Step& step : choose_among(rates, kWidest, "", trusting).steps) {
    steps.emplace_back(step.kernel.name, step.from);
  }
  return steps;
}

TEST(AssumedRatesTest, ServeAProcessorWithNothing) {
  const std::vector<Kernel> kernels = kernels_for({});
  EXPECT_EQ(assumed_rates({}, kernels).size(), 2U);
  EXPECT_EQ(steps_of(assumed_rates({}, kernels)), (Steps{{"libcrypto", 1}}));
}

TEST(KnownRatesTest, AreEmptyForAnUnknownProcessor) {
  EXPECT_TRUE(known_rates({}, kernels_for({})).empty());
  const base::CpuFeatures other{.vendor = "GenuineIntel", .family = 25, .model = 0x11};
  EXPECT_TRUE(known_rates(other, kernels_for(other)).empty());
}

#if defined(__x86_64__)

base::CpuFeatures amd(std::uint32_t family, std::uint32_t model, bool avx512) {
  return {.vendor = "AuthenticAMD",
          .family = family,
          .model = model,
          .sha_ni = true,
          .avx2 = true,
          .avx512 = avx512};
}

Steps known_steps(const base::CpuFeatures& cpu) {
  return steps_of(known_rates(cpu, kernels_for(cpu)));
}

TEST(KnownRatesTest, ChooseWhatWasMeasuredToBeQuickest) {
  const Steps zen3{{"libcrypto", 1}, {"shani2", 2}, {"shani3", 3}};
  for (const std::uint32_t model : {0x00U, 0x01U, 0x21U, 0x5FU}) {
    EXPECT_EQ(known_steps(amd(25, model, false)), zen3) << model;
  }
  const Steps zen4{{"libcrypto", 1}, {"shani2", 2}, {"shani4ymm", 3}};
  for (const std::uint32_t model : {0x10U, 0x11U, 0x61U, 0xA0U}) {
    EXPECT_EQ(known_steps(amd(25, model, true)), zen4) << model;
  }
  EXPECT_EQ(known_steps(amd(26, 2, true)),
            (Steps{{"libcrypto", 1}, {"shani2", 2}, {"avx512x16", 11}}));
}

TEST(KnownRatesTest, CoverEveryKernelOfZen3AndZen4) {
  for (const base::CpuFeatures& cpu : {amd(25, 0x01, false), amd(25, 0x11, true)}) {
    const std::vector<Kernel> kernels = kernels_for(cpu);
    EXPECT_EQ(known_rates(cpu, kernels).size(), kernels.size());
  }
}

// A virtual machine can hide what its processor has.
TEST(KnownRatesTest, LeaveOutWhatTheMachineHides) {
  base::CpuFeatures cpu = amd(25, 0x11, false);
  cpu.sha_ni = false;
  EXPECT_EQ(known_rates(cpu, kernels_for(cpu)).size(), 3U);
}

TEST(AssumedRatesTest, InterleaveWhereThereAreShaInstructions) {
  base::CpuFeatures cpu{.sha_ni = true};
  EXPECT_EQ(steps_of(assumed_rates(cpu, kernels_for(cpu))),
            (Steps{{"libcrypto", 1}, {"shani2", 2}}));
  cpu.avx512 = true;
  EXPECT_EQ(steps_of(assumed_rates(cpu, kernels_for(cpu))),
            (Steps{{"libcrypto", 1}, {"shani2", 2}, {"avx512x16", 15}}));
}

TEST(AssumedRatesTest, UseVectorsWhereThereAreNoShaInstructions) {
  const base::CpuFeatures cpu{.avx2 = true};
  EXPECT_EQ(steps_of(assumed_rates(cpu, kernels_for(cpu))),
            (Steps{{"libcrypto", 1}, {"avx2x8", 3}}));
}

#endif

}  // namespace
}  // namespace hallmark::hash::sha256

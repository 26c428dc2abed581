#include "hash/sha256/measure.h"

#include <gtest/gtest.h>

namespace hallmark::hash::sha256 {
namespace {

TEST(MeasureKernelsTest, GivesARateForEachInOrder) {
  const auto kernels = kernels_of_this_machine();
  const std::vector<Rate> rates = measure_kernels(kernels, {.samples = 1, .bytes = 1});
  ASSERT_EQ(rates.size(), kernels.size());
  for (std::size_t i = 0; i < rates.size(); ++i) {
    EXPECT_EQ(rates[i].kernel.name, kernels[i].name);
    EXPECT_GT(rates[i].gigabytes_per_second, 0) << kernels[i].name;
  }
}

TEST(MeasureKernelsTest, MeasuresNothingIfThereIsNothing) {
  EXPECT_TRUE(measure_kernels({}, {}).empty());
}

}  // namespace
}  // namespace hallmark::hash::sha256

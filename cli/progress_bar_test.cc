#include "cli/progress_bar.h"

#include <gtest/gtest.h>

namespace hallmark::cli {
namespace {

TEST(ProgressBarTest, WritesBytesInThreeDigits) {
  EXPECT_EQ(format_bytes(0), "0 B");
  EXPECT_EQ(format_bytes(999), "999 B");
  EXPECT_EQ(format_bytes(1000), "1.0 kB");
  EXPECT_EQ(format_bytes(99'949'999), "99.9 MB");
  EXPECT_EQ(format_bytes(99'950'000), "100 MB");
  EXPECT_EQ(format_bytes(999'499'999), "999 MB");
  EXPECT_EQ(format_bytes(999'500'000), "1.0 GB");
  EXPECT_EQ(format_bytes(4e18), "4000 PB");
}

TEST(ProgressBarTest, TellsShareRateAndTimeLeft) {
  EXPECT_EQ(format_progress({4'000'000'000, 1'000'000'000, 2.0}),
            "[#####---------------]  25 %  1.0 GB of 4.0 GB  500 MB/s  6 s left");
  EXPECT_EQ(format_progress({1'000'000'000'000, 1'000'000'000, 1.0}),
            "[--------------------]   0 %  1.0 GB of 1.0 TB  1.0 GB/s  16:39 min left");
}

TEST(ProgressBarTest, SaysNoRateBeforeThereIsOne) {
  EXPECT_EQ(format_progress({100, 0, 5.0}), "[--------------------]   0 %  0 B of 100 B");
  EXPECT_EQ(format_progress({100, 50, 0.1}), "[##########----------]  50 %  50 B of 100 B");
}

TEST(ProgressBarTest, NeverTellsMoreThanAll) {
  EXPECT_EQ(format_progress({100, 150, 0.1}), "[####################] 100 %  150 B of 150 B");
  EXPECT_EQ(format_progress({0, 0, 0.1}), "[####################] 100 %  0 B of 0 B");
}

}  // namespace
}  // namespace hallmark::cli

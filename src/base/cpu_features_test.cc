#include "hallmark/base/cpu_features.h"

#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace hallmark::base {
namespace {

// The fields of the first processor, as the kernel saw them.
std::map<std::string, std::string> first_processor() {
  std::map<std::string, std::string> fields;
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line) && !line.empty();) {
    const std::size_t colon = line.find(':');
    const std::size_t end = line.find_last_not_of("\t ", colon - 1);
    if (colon == std::string::npos) continue;
    fields[line.substr(0, end + 1)] = colon + 2 < line.size() ? line.substr(colon + 2) : "";
  }
  return fields;
}

bool has_word(const std::string& text, const std::string& wanted) {
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (word == wanted) return true;
  }
  return false;
}

TEST(CpuFeaturesTest, AgreeWithTheKernel) {
  auto fields = first_processor();
  const CpuFeatures& cpu = this_cpu();
#if defined(__x86_64__)
  const std::string& flags = fields["flags"];
  if (flags.empty()) GTEST_SKIP() << "no /proc/cpuinfo";
  EXPECT_EQ(cpu.vendor, fields["vendor_id"]);
  EXPECT_EQ(std::to_string(cpu.family), fields["cpu family"]);
  EXPECT_EQ(std::to_string(cpu.model), fields["model"]);
  EXPECT_EQ(cpu.sha_ni, has_word(flags, "sha_ni"));
  EXPECT_EQ(cpu.avx2, has_word(flags, "avx2"));
  EXPECT_EQ(cpu.avx512, has_word(flags, "avx512f") && has_word(flags, "avx512bw") &&
                            has_word(flags, "avx512vl"));
  EXPECT_FALSE(cpu.arm_sha2);
#else
  EXPECT_FALSE(cpu.sha_ni || cpu.avx2 || cpu.avx512);
  EXPECT_EQ(cpu.arm_sha2, has_word(fields["Features"], "sha2"));
#endif
}

TEST(CpuFeaturesTest, AreAskedForOnce) { EXPECT_EQ(&this_cpu(), &this_cpu()); }

}  // namespace
}  // namespace hallmark::base

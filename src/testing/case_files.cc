#include "testing/case_files.h"

#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>

#include "hallmark/base/file.h"

namespace hallmark::testing {

std::vector<CaseFile> case_files(const std::string& folder) {
  constexpr std::size_t kLargest = 1'000'000;
  std::vector<CaseFile> cases;
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator(HALLMARK_TESTDATA_DIR "/" + folder, error)) {
    const std::string name = entry.path().filename().string();
    auto contents = base::read_file(entry.path().string(), kLargest);
    if (!contents) ADD_FAILURE() << contents.error().message;
    cases.push_back({name, name.substr(0, name.find('.')), contents.value_or("")});
  }
  EXPECT_FALSE(cases.empty()) << "no test data in " << folder;
  std::sort(cases.begin(), cases.end(),
            [](const CaseFile& a, const CaseFile& b) { return a.name < b.name; });
  return cases;
}

}  // namespace hallmark::testing

#pragma once

#include <string>
#include <vector>

namespace hallmark::testing {

/// A file of test data whose name begins with what is expected of it: "<code>.<what>.json".
struct CaseFile {
  std::string name;  ///< File name.
  std::string code;  ///< The part before the first dot.
  std::string contents;
};

/// All files of testdata/`folder`, sorted by name. Fails the running test when there is none.
std::vector<CaseFile> case_files(const std::string& folder);

}  // namespace hallmark::testing

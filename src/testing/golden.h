#pragma once

#include <string>
#include <string_view>

namespace hallmark::testing {

/// What became of a comparison with a golden file.
enum class Golden { kEqual, kDifferent, kAccepted };

/// Compares a text with the file at `path`. With HALLMARK_TEST_ACCEPT=1 in the environment the text
/// becomes the file's new contents instead, and directories that are missing are created.
Golden compare_with_golden(const std::string& path, std::string_view produced);

/// Fails the running test, printing both texts, when `produced` is not what testdata/`name` holds.
/// Where the file is rewritten the test is skipped, as it proved nothing.
void expect_golden(std::string_view name, std::string_view produced);

}  // namespace hallmark::testing

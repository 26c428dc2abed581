#include "testing/golden.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include <gtest/gtest.h>

namespace hallmark::testing {
namespace {

bool is_accepting() {
  const char* value = std::getenv("HALLMARK_TEST_ACCEPT");
  return value != nullptr && std::string_view(value) == "1";
}

std::optional<std::string> read_golden(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

void write_golden(const std::string& path, std::string_view text) {
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.flush()) ADD_FAILURE() << "cannot write '" << path << "'";
}

}  // namespace

Golden compare_with_golden(const std::string& path, std::string_view produced) {
  if (is_accepting()) {
    write_golden(path, produced);
    return Golden::kAccepted;
  }
  return read_golden(path) == produced ? Golden::kEqual : Golden::kDifferent;
}

void expect_golden(std::string_view name, std::string_view produced) {
  const std::string path = HALLMARK_TESTDATA_DIR "/" + std::string(name);
  switch (compare_with_golden(path, produced)) {
    case Golden::kEqual:
      return;
    case Golden::kAccepted:
      GTEST_SKIP() << "testdata/" << name << " was rewritten";
    case Golden::kDifferent:
      ADD_FAILURE() << "testdata/" << name << " (HALLMARK_TEST_ACCEPT=1 rewrites it)\n"
                    << "expected:\n"
                    << read_golden(path).value_or("(there is no such file)") << "\nproduced:\n"
                    << produced;
  }
}

}  // namespace hallmark::testing

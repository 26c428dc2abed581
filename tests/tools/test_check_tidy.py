"""tools/check_tidy accepts house style and reports names and bugs."""

import json
import shutil
import unittest
from pathlib import Path

from tool_case import ToolCase

GOOD = """#include <cstdint>

#define HALLMARK_ANSWER 42

namespace hallmark {

constexpr int kLimit = 3;

enum class Kind : std::uint8_t { kFirst, kSecond };

struct Record {
  int size = 0;
};

class Counter {
 public:
  explicit Counter(int start) : count_(start) {}
  int next() { return ++count_; }

 private:
  int count_;
};

int add_all(const Record& record) {
  const int base = record.size;
  return Counter(base).next() + kLimit + HALLMARK_ANSWER;
}

}  // namespace hallmark
"""


@unittest.skipUnless(shutil.which("clang-tidy-19"), "clang-tidy-19 is not installed")
class CheckTidy(ToolCase):
    tool = "check_tidy"

    def write_source(self, code: str) -> tuple[str, Path]:
        source = self.write("source.cc", code)
        command = {
            "directory": str(self.folder),
            "command": f"clang++-19 -std=c++20 -c {source}",
            "file": str(source),
        }
        self.write("compile_commands.json", json.dumps([command], indent=2))
        return f"--database={self.folder}", source

    def assert_reports(self, check: str, code: str) -> None:
        self.assert_rejects(check, *self.write_source(code))

    def test_accepts_house_style(self) -> None:
        self.assertIn("1 sources", self.assert_accepts(*self.write_source(GOOD)))

    def test_names(self) -> None:
        for wrong, right in (
            ("AddAll", "add_all"),
            ("count ", "count_"),
            ("ANSWER", "HALLMARK_ANSWER"),
            ("LIMIT", "kLimit"),
            ("second", "kSecond"),
            ("record_t", "Record"),
        ):
            with self.subTest(wrong):
                self.assert_reports("readability-identifier-naming", GOOD.replace(right, wrong))

    def test_bug(self) -> None:
        moved = (
            "#include <string>\n#include <utility>\n\n"
            "std::string take(std::string text) {\n"
            "  const std::string taken = std::move(text);\n  return text + taken;\n}\n"
        )
        self.assert_reports("bugprone-use-after-move", moved)

    def test_names_a_source_outside_the_compile_commands(self) -> None:
        database, source = self.write_source(GOOD)
        self.write("compile_commands.json", "[]")
        output = self.assert_accepts(database, source)
        self.assertIn("not in the compile commands", output)


if __name__ == "__main__":
    unittest.main()

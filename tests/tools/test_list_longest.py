"""tools/list_longest measures functions, and nothing else, by their braces."""

import subprocess
import unittest

from tool_case import ToolCase

SOURCE = r"""#include <string>

namespace hallmark {
namespace {

// A brace in a comment { and in text:
const char* const kBrace = "{ // \" {";
constexpr char kOpen = '{';
constexpr int kTable[] = {
    1'000,
    2,
};
const auto kLambda = [](int x) {
  return x;
};

struct Record {
  int a = 0;
  int sum() const { return a; }
};

int long_one(int x) {
  if (x > 0) {
    const auto inner = [&](int y) {
      return x + y;
    };
    return inner(1);
  }
  const char* raw = R"(}}})";
  return raw[0];
}

}  // namespace

class Box {
 public:
  Box(int a, int b)
      : a_{a},
        b_{b} {
    a_ = 1;
  }

  bool operator==(const Box& other) const {
    return a_ == other.a_;
  }

 private:
  int a_, b_;
};

template <typename T>
T twice(T value)
{
  return value + value;
}

TEST(Box, HoldsTwo) {
  EXPECT_TRUE(true);
}

}  // namespace hallmark
"""
LENGTHS = {
    "sum": 1,
    "long_one": 10,
    "Box": 5,
    "operator==": 3,
    "twice": 5,
    "TEST(Box, HoldsTwo)": 3,
}


class ListLongest(ToolCase):
    tool = "list_longest"

    def setUp(self) -> None:
        super().setUp()
        subprocess.run(["git", "init", "--quiet", str(self.folder)], check=True)

    def listed_functions(self) -> dict[str, int]:
        output = self.assert_accepts("--root", self.folder).split("\nfiles:")[0]
        lines = [line.split(maxsplit=2) for line in output.splitlines()[1:]]
        return {name: int(length) for length, _, name in lines}

    def test_finds_the_functions_and_their_lengths(self) -> None:
        self.write("box.cc", SOURCE)
        self.assertEqual(self.listed_functions(), LENGTHS)

    def test_lists_the_longest_first_with_its_place(self) -> None:
        self.write("box.cc", SOURCE)
        output = self.assert_accepts("--root", self.folder)
        line = SOURCE.splitlines().index("int long_one(int x) {") + 1
        self.assertEqual(output.splitlines()[1], f"     10  box.cc:{line} long_one")

    def test_shows_no_more_than_fifteen(self) -> None:
        self.write("many.cc", "".join(f"int f{n}() {{ return 0; }}\n" for n in range(30)))
        self.assertEqual(len(self.listed_functions()), 15)

    def test_counts_the_files(self) -> None:
        self.write("a.h", "int a;\n" * 3)
        self.write("b.cc", "int b;\n" * 20)
        output = self.assert_accepts("--root", self.folder)
        self.assertIn("files: 2, p90 20 lines, the longest:\n     20  b.cc\n      3  a.h\n", output)

    def test_gives_no_verdict_on_an_empty_repository(self) -> None:
        self.assertIn("functions: 0", self.assert_accepts("--root", self.folder))


if __name__ == "__main__":
    unittest.main()

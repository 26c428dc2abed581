"""tools/check_format tells formatted from unformatted files."""

import shutil
import unittest

from tool_case import ToolCase

SORTED_INCLUDES = """#include "hallmark/base/own.h"

#include <fcntl.h>

#include <string>
#include <vector>

#include <boost/json.hpp>

#include "hallmark/base/hex.h"
"""


@unittest.skipUnless(shutil.which("clang-format-19"), "clang-format-19 is not installed")
class CheckFormat(ToolCase):
    tool = "check_format"

    def test_accepts_formatted_files(self) -> None:
        good = self.write("good.cc", "int main() { return 0; }\n")
        self.assertIn("1 files", self.assert_accepts(good))

    def test_names_the_unformatted_line(self) -> None:
        bad = self.write("bad.cc", "int x;\nint  main( ) {return 0;}\n")
        self.assert_rejects("bad.cc:2: not as clang-format-19 writes it", bad)

    def test_pointers_lean_left(self) -> None:
        self.assert_accepts(self.write("left.h", "int* left;\n"))
        self.assert_rejects("right.h:1", self.write("right.h", "int *right;\n"))

    def test_includes_go_from_the_own_header_to_the_project(self) -> None:
        self.assert_accepts(self.write("own.cc", SORTED_INCLUDES))
        self.assert_accepts(self.write("own_test.cc", SORTED_INCLUDES))
        mixed = "#include <vector>\n\n#include <fcntl.h>\n"
        self.assert_rejects("mixed.cc:1", self.write("mixed.cc", mixed))

    def test_a_good_file_does_not_hide_a_bad_one(self) -> None:
        bad = self.write("bad.cc", "int  x;\n")
        good = self.write("good.cc", "int x;\n")
        self.assert_rejects("bad.cc:1", bad, good)


if __name__ == "__main__":
    unittest.main()

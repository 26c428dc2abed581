"""tests/kernels/check_symbols refuses kernels that lend inline functions to other sources."""

import subprocess
import unittest
from pathlib import Path

from tool_case import ROOT, ToolCase

OWN = "static int twice(int x) { return 2 * x; }\nint kernel(int x) { return twice(x); }\n"
SHARED = "inline int twice(int x) { return 2 * x; }\nint (*kernel())(int) { return twice; }\n"


class CheckSymbols(ToolCase):
    tool = "../tests/kernels/check_symbols"

    def compile(self, name: str, content: str) -> Path:
        source = self.write(name, content)
        target = source.with_suffix(".cc.o")
        subprocess.run(["g++", "-c", source, "-o", target], cwd=ROOT, check=True)
        return target

    def test_accepts_a_kernel_of_its_own_functions(self) -> None:
        kernel = self.compile("sha256/avx2.cc", OWN)
        self.assertIn("1 objects", self.assert_accepts(kernel))

    def test_refuses_an_inline_function(self) -> None:
        for name in ("avx2", "avx512", "shani", "shani_vector", "armv8"):
            with self.subTest(name):
                kernel = self.compile(f"sha256/{name}.cc", SHARED)
                self.assert_rejects("for other sources too", kernel)

    def test_leaves_other_sources_alone(self) -> None:
        kernel = self.compile("sha256/avx2.cc", OWN)
        other = self.compile("sha256/kernel.cc", SHARED)
        self.assertIn("1 objects", self.assert_accepts(kernel, other))

    def test_refuses_to_have_looked_at_nothing(self) -> None:
        self.assert_rejects("no kernels among 0 objects")


if __name__ == "__main__":
    unittest.main()

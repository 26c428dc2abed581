"""tools/check_repository refuses what belongs to one machine or to nobody."""

import subprocess
import unittest

from tool_case import ToolCase

GOOD = """# Title
Files stand in src/root/ and ${prefix}/root/x, see testdata/work/ and a/home/b.
A later step is TO""" + """DO(#12).
mktemp -d name.XX""" + """XXXX
"""


class CheckRepository(ToolCase):
    tool = "check_repository"

    def setUp(self) -> None:
        super().setUp()
        subprocess.run(["git", "init", "--quiet", str(self.folder)], check=True)
        self.write("README.md", GOOD)

    def check_rejects(self, message: str, name: str, content: str | bytes) -> None:
        self.write(name, content)
        self.assert_rejects(f"{name}:{message}", "--root", self.folder)
        (self.folder / name).unlink()

    def test_accepts_a_clean_repository(self) -> None:
        self.assertIn("1 files", self.assert_accepts("--root", self.folder))

    def test_machine_paths(self) -> None:
        for path in ("work/main/x", "root/model", "home/ann/x", "tmp/build", "Users/ann"):
            with self.subTest(path):
                self.check_rejects("1: a path of one machine", "notes.md", f"see /{path}\n")

    def test_machine_paths_in_test_data(self) -> None:
        content = '{"file": "' + "/" + 'home/ann/x"}\n'
        self.check_rejects("1: a path of one machine", "testdata/a.json", content)

    def test_registry_hosts(self) -> None:
        for host in ("pypi" + ".org", "registry.npmjs" + ".org", "proxy.golang" + ".org"):
            with self.subTest(host):
                content = f"get it from https://{host}/x\n"
                self.check_rejects("1: the host of a package registry", "notes.md", content)

    def test_trailing_white_space(self) -> None:
        self.check_rejects("2: trailing white space", "notes.md", "a\nb \n")

    def test_tab_in_cxx(self) -> None:
        self.check_rejects("1: a tab in C++", "a.cc", "\tint x;\n")

    def test_hash_table_in_cxx(self) -> None:
        for container in ("set", "map", "multiset", "multimap"):
            with self.subTest(container):
                content = f"std::unordered_{container}<int> x;\n"
                self.check_rejects("1: a hash table in C++", "a.cc", content)

    def test_crlf(self) -> None:
        self.check_rejects(" CRLF line ends", "notes.md", "a\r\n")

    def test_large_file(self) -> None:
        self.check_rejects(" a large file", "large.bin", b"\0" * (500 * 1024 + 1))

    def test_promise_without_its_issue(self) -> None:
        for word in ("TO" + "DO", "FIX" + "ME", "X" + "XX"):
            with self.subTest(word):
                content = f"// {word}: later\n"
                self.check_rejects("1: a promise for later", "a.cc", content)

    def test_data_keeps_its_bytes(self) -> None:
        self.write("testdata/vectors/crlf.pem", "a \r\n\tb\r\n")
        self.write("fuzz/corpus/pem/spaces", "a  \n")
        self.assert_accepts("--root", self.folder)

    def test_ignored_files_do_not_count(self) -> None:
        self.write(".gitignore", "/build/\n")
        self.write("build/notes.md", "a \n")
        self.assert_accepts("--root", self.folder)


if __name__ == "__main__":
    unittest.main()

"""Rules about one line of text."""

import re
from dataclasses import dataclass

# Data made to be read byte for byte: vectors, fuzz inputs, golden files.
DATA_FOLDERS = ("testdata/", "fuzz/corpus/")
CXX_SUFFIXES = (".h", ".cc")


@dataclass(frozen=True)
class LineRule:
    """A pattern that no line may match; `unless` names what excuses one."""

    fault: str
    pattern: re.Pattern[str]
    holds_for_data: bool = False
    suffixes: tuple[str, ...] = ()
    unless: re.Pattern[str] | None = None

    def refuses(self, path: str, line: str) -> bool:
        if path.startswith(DATA_FOLDERS) and not self.holds_for_data:
            return False
        if self.suffixes and not path.endswith(self.suffixes):
            return False
        if self.unless is not None and self.unless.search(line):
            return False
        return self.pattern.search(line) is not None


# The absolute start of a path: not the middle of a longer one.
_START = r"(?<![\w.)}*~-])"

LINE_RULES = (
    LineRule(
        "a path of one machine",
        re.compile(_START + r"/(?:work|root|(?:home|Users|tmp)/[\w.-]+)(?:/|\b)(?!\w)"),
        holds_for_data=True,
    ),
    LineRule(
        "the host of a package registry",
        re.compile(
            r"\b(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|crates\.io|golang\.org"
            r"|(?:deb|security)\.debian\.org|(?:archive|security|ports)\.ubuntu\.com)\b"
        ),
    ),
    LineRule("trailing white space", re.compile(r"[ \t]+$")),
    LineRule("a tab in C++", re.compile(r"\t"), suffixes=CXX_SUFFIXES),
    # Most keys come from outside, and whoever chooses them can give them one and the same hash.
    LineRule(
        "a hash table in C++",
        re.compile(r"\bunordered_(?:multi)?(?:set|map)\b"),
        suffixes=CXX_SUFFIXES,
    ),
    LineRule(
        "a promise for later without its issue",
        re.compile(r"\b(?:TO[D]O|FIX[M]E|X[X]X)\b"),
        unless=re.compile(r"#\d+"),
    ),
)

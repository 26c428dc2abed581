"""Where a C++ file stands, and what it includes."""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDERS = ("include", "src", "cli", "fuzz", "bench")
# Folders that belong to no row of the table, since no layer may use them.
OUTSIDE_LAYERS = ("testing", "fuzz", "bench")

_DIRECTIVE = re.compile(r"^\s*(?:#|%:)\s*include\b(?P<rest>.*)$")
_TARGET = re.compile(r"^(?:_next)?\s*(?P<open>[<\"])(?P<path>[^>\"]+)[>\"]")


@dataclass(frozen=True)
class Include:
    """One #include; path is empty where it names no file in brackets or quotes."""

    line: int
    quoted: bool
    path: str


@dataclass(frozen=True)
class SourceFile:
    """A file by its path from the root; layer is empty where the path names none."""

    path: str
    layer: str
    is_public: bool
    includes: tuple[Include, ...]

    @property
    def is_test(self) -> bool:
        return self.path.endswith("_test.cc") or self.layer == "testing"

    @property
    def is_header(self) -> bool:
        return self.path.endswith(".h")


def read_sources(root: Path) -> list[SourceFile]:
    found = []
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".h", ".cc") and path.is_file():
                found.append(_read_source(root, path))
    return found


def _read_source(root: Path, path: Path) -> SourceFile:
    name = path.relative_to(root).as_posix()
    lines = path.read_text(encoding="utf-8").splitlines()
    return SourceFile(name, _layer_of(name), name.startswith("include/"), _includes(lines))


def _layer_of(name: str) -> str:
    parts = name.split("/")
    if parts[0] == "include":
        return parts[2] if len(parts) > 3 and parts[1] == "hallmark" else ""
    if parts[0] == "src":
        return parts[1] if len(parts) > 2 else ""
    return parts[0]


def _includes(lines: list[str]) -> tuple[Include, ...]:
    found = []
    for number, line in enumerate(lines, start=1):
        directive = _DIRECTIVE.match(line)
        if directive:
            target = _TARGET.match(directive["rest"])
            quoted = target is not None and target["open"] == '"'
            found.append(Include(number, quoted, target["path"] if target else ""))
    return tuple(found)

"""Finds sources the other checks or the build would not see."""

import re
from pathlib import Path

from layers.source_file import FOLDERS as SOURCE_FOLDERS
from layers.source_file import SourceFile
from reporting.finding import Finding

FOLDERS = ("src/", "cli/", "fuzz/", "bench/")
_OTHER_SUFFIXES = (".hpp", ".hh", ".hxx", ".cpp", ".cxx", ".c++", ".inl", ".inc", ".ipp", ".tcc")
_VARIABLE_OF_ROOT = re.compile(r"\$\{(?:PROJECT|CMAKE|Hallmark)_SOURCE_DIR\}/")
_VARIABLE_OF_FOLDER = re.compile(r"\$\{CMAKE_CURRENT_(?:SOURCE|LIST)_DIR\}/")


def find_unlisted(root: Path, files: list[SourceFile]) -> list[Finding]:
    listed = _listed_sources(root)
    return [
        Finding(file.path, 0, "no CMakeLists.txt lists this source")
        for file in files
        if file.path.endswith(".cc") and file.path.startswith(FOLDERS) and file.path not in listed
    ]


def find_misnamed(root: Path) -> list[Finding]:
    """Files with an unusual suffix, whose includes would go unchecked."""
    return [
        Finding(
            path.relative_to(root).as_posix(), 0, "a C++ file's suffix", ".h or .cc", path.suffix
        )
        for folder in SOURCE_FOLDERS
        for path in (root / folder).rglob("*")
        if path.suffix in _OTHER_SUFFIXES
    ]


def _listed_sources(root: Path) -> set[str]:
    listed: set[str] = set()
    lists = [root / "CMakeLists.txt"]
    for folder in FOLDERS:
        lists.extend((root / folder).rglob("CMakeLists.txt"))
    for path in lists:
        if path.is_file():
            folder = path.parent.relative_to(root)
            listed.update(_resolve(folder, word) for word in _source_words(path))
    return listed


def _source_words(path: Path) -> list[str]:
    code = re.sub(r"#.*", "", path.read_text(encoding="utf-8"))
    return [word for word in re.split(r"[\s\"();]+", code) if word.endswith(".cc")]


def _resolve(folder: Path, word: str) -> str:
    if _VARIABLE_OF_ROOT.match(word):
        return _VARIABLE_OF_ROOT.sub("", word)
    return (folder / _VARIABLE_OF_FOLDER.sub("", word)).as_posix()

"""Reads a script: lines of commands, then files that each begin with `-- name --`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .failure import ScriptFailure

FILE_HEADER = re.compile(r"^-- (?P<name>.+) --$")
LINE = re.compile(r"^(?:\[(?P<condition>[^\]]+)\]\s*)?(?P<negated>!\s+)?(?P<text>.*)$")
VARIABLE = re.compile(r"\$(?:\{(?P<braced>\w+)\}|(?P<plain>\w+))")


@dataclass(frozen=True)
class Line:
    """One command; its words are split when it runs, as variables change."""

    number: int
    claim: str
    condition: str | None
    negated: bool
    text: str


@dataclass
class Script:
    name: str
    lines: list[Line] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)


def read_script(path: Path) -> Script:
    script = Script(path.name)
    rows = path.read_text(encoding="utf-8").split("\n")
    start = next((i for i, row in enumerate(rows) if FILE_HEADER.match(row)), len(rows))
    _read_commands(rows[:start], script)
    _read_files(rows[start:], script)
    return script


def _read_commands(rows: list[str], script: Script) -> None:
    claim = ""
    pending = ""
    first = 0
    for number, row in enumerate(rows, start=1):
        stripped = row.strip()
        if not pending:
            first = number
            if stripped.startswith("#"):
                claim = stripped.lstrip("# ")
                continue
        pending += stripped
        if pending.endswith(" \\"):
            pending = pending[:-1]
        elif pending:
            script.lines.append(_parse_line(script.name, first, claim, pending))
            pending = ""


def _parse_line(name: str, number: int, claim: str, text: str) -> Line:
    match = LINE.match(text)
    if match is None or not match["text"]:
        raise ScriptFailure(f"{name}:{number}: not a command: {text}")
    return Line(number, claim, match["condition"], match["negated"] is not None, match["text"])


def _read_files(rows: list[str], script: Script) -> None:
    name = ""
    body: list[str] = []
    for row in rows:
        header = FILE_HEADER.match(row)
        if header is None:
            body.append(row)
            continue
        if name:
            script.files[name] = "".join(f"{line}\n" for line in body)
        name, body = header["name"], []
    if name:
        script.files[name] = "\n".join(body)


def split_words(text: str, variables: Mapping[str, str]) -> list[str]:
    """Words apart by blanks. Nothing is special between single quotes, where '' is one quote;
    outside of them $NAME and ${NAME} are replaced, and # begins a comment."""
    words: list[str] = []
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
        elif text[position] == "#":
            break
        else:
            word, position = _read_word(text, position, variables)
            words.append(word)
    return words


def _read_word(text: str, position: int, variables: Mapping[str, str]) -> tuple[str, int]:
    word = ""
    while position < len(text) and not text[position].isspace():
        if text[position] == "'":
            piece, position = _read_quoted(text, position + 1)
        else:
            end = re.compile(r"[\s']|$").search(text, position)
            stop = end.start() if end else len(text)
            piece, position = _expand(text[position:stop], variables), stop
        word += piece
    return word, position


def _read_quoted(text: str, position: int) -> tuple[str, int]:
    piece = ""
    while True:
        end = text.find("'", position)
        if end < 0:
            raise ScriptFailure("a quote is not closed")
        piece += text[position:end]
        if text[end + 1 : end + 2] != "'":
            return piece, end + 1
        piece += "'"
        position = end + 2


def _expand(text: str, variables: Mapping[str, str]) -> str:
    def value_of(match: re.Match[str]) -> str:
        name = match["braced"] or match["plain"]
        if name not in variables:
            raise ScriptFailure(f"no variable {name}")
        return variables[name]

    return VARIABLE.sub(value_of, text)

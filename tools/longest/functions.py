"""Finds the functions of a clang-formatted C++ file and their lengths.

A scan over braces: at namespace or class level, the text between the last `;`, `{` or `}` and a `{`
says what opens there. A block that is followed by `,` or `{` was a member initialiser, after which
the same function header goes on.
"""

import re
from dataclasses import dataclass

from longest.blank_text import blank_text

_SCOPE = re.compile(r"\b(namespace|class|struct|union|enum|extern)\b[^()=]*$")
_INITIALISER = re.compile(r"(?<![=!<>])=(?!=)")
_NAME = re.compile(r"([\w:~]+|operator\s*[^\s\w]+)\s*\(")
_ACCESS = re.compile(r"\s*(?:(?:public|protected|private):\s*)*")
_TEST = re.compile(r"^TEST\w*$")


@dataclass(frozen=True)
class Function:
    """A function from the first line of its header to its closing brace."""

    name: str
    line: int
    length: int


def find_functions(source: str) -> list[Function]:
    return _Scanner(blank_text(source)).scan()


class _Scanner:
    def __init__(self, code: str) -> None:
        self._code = code
        self._found: list[Function] = []

    def scan(self) -> list[Function]:
        position = header_start = 0
        for brace in re.finditer(r"[{};]", self._code):
            if brace.start() < position:
                continue
            position = brace.end()
            if brace[0] != "{":
                header_start = position
                continue
            header = self._code[header_start : brace.start()]
            if _SCOPE.search(header) and not _looks_like_function(header):
                header_start = position
                continue
            position = self._end_of_block(brace.start())
            if self._header_goes_on(position):
                continue
            self._record(header, header_start, position)
            header_start = position
        return self._found

    def _end_of_block(self, opening: int) -> int:
        depth = 0
        for brace in re.finditer(r"[{}]", self._code[opening:]):
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                return opening + brace.end()
        return len(self._code)

    def _header_goes_on(self, position: int) -> bool:
        return re.match(r"\s*[,{]|[^\n;{}]*\)", self._code[position:]) is not None

    def _record(self, header: str, start: int, end: int) -> None:
        if not _looks_like_function(header):
            return
        first = start + _start_of_declaration(header)
        line = self._code.count("\n", 0, first) + 1
        length = self._code.count("\n", first, end) + 1
        self._found.append(Function(_name_of(header), line, length))


def _looks_like_function(header: str) -> bool:
    without_operator = re.sub(r"operator\s*[^\s\w(]+", "operator", header)
    before_arguments = without_operator.split("(", 1)[0]
    return "(" in header and not _INITIALISER.search(before_arguments)


def _start_of_declaration(header: str) -> int:
    match = _ACCESS.match(header)
    return match.end() if match else 0


def _name_of(header: str) -> str:
    match = _NAME.search(header)
    if match is None:
        return "?"
    name = match[1]
    if _TEST.match(name):
        arguments = header[match.end() :].split(")", 1)[0]
        return f"{name}({' '.join(arguments.split())})"
    return name

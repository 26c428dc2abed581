"""Blanks out what is not code, so that braces can be counted."""

import re

_NOT_CODE = re.compile(
    r'R"(?P<tag>[^\s()\\]{0,16})\((?:.|\n)*?\)(?P=tag)"'  # raw string
    r"|//[^\n]*"
    r"|/\*(?:.|\n)*?\*/"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'"  # a character, not a digit separator
    r"|^[ \t]*#(?:\\\n|[^\n])*",  # preprocessor line
    re.MULTILINE,
)


def blank_text(source: str) -> str:
    """The source with comments, literals and directives as spaces; every line keeps its place."""
    return _NOT_CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source)

"""One thing a checker found, and how it is shown."""

import sys
from dataclasses import dataclass
from typing import Iterable


@dataclass(frozen=True, order=True)
class Finding:
    """A fault at a line of a file; line 0 stands for the whole file."""

    path: str
    line: int
    fault: str
    expected: str = ""
    found: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        text = f"{place}: {self.fault}"
        if self.expected:
            text += f"; expected {self.expected}"
        if self.found:
            text += f"; found {self.found}"
        return text


def report(tool: str, findings: Iterable[Finding], checked: str) -> int:
    """Prints the findings in order, then a summary; gives the exit code."""
    ordered = sorted(set(findings))
    for finding in ordered:
        print(finding)
    if ordered:
        print(f"{tool}: {len(ordered)} faults in {checked}", file=sys.stderr)
        return 1
    print(f"{tool}: {checked}, no faults")
    return 0

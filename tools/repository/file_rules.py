"""Judges one file: its size, its line ends, its lines."""

from pathlib import Path

from reporting.finding import Finding
from repository.line_rules import DATA_FOLDERS, LINE_RULES

LARGEST = 500 * 1024


def check_file(root: Path, path: str) -> list[Finding]:
    content = (root / path).read_bytes()
    findings = []
    if len(content) > LARGEST:
        findings.append(
            Finding(path, 0, "a large file", f"at most {LARGEST} bytes", f"{len(content)} bytes")
        )
    if b"\0" in content[:8192]:
        return findings
    if b"\r\n" in content and not path.startswith(DATA_FOLDERS):
        findings.append(Finding(path, 0, "CRLF line ends"))
    return findings + _check_lines(path, content.decode("utf-8", errors="replace"))


def _check_lines(path: str, text: str) -> list[Finding]:
    return [
        Finding(path, number, rule.fault, found=line.strip()[:120])
        for number, line in enumerate(text.split("\n"), start=1)
        for rule in LINE_RULES
        if rule.refuses(path, line.rstrip("\r"))
    ]

"""Reads the JSON report of `hallmark inspect` from stdin.

usage: read_report.py hint           the hint of the key it says it was signed with, or nothing
       read_report.py file MODEL     a signed file of MODEL that is not empty, or nothing
"""

import json
import sys
from pathlib import Path
from typing import Any


def key_hint(report: dict[str, Any]) -> str:
    """Empty for a signature of another kind, and for a file that is none."""
    return (report.get("material") or {}).get("key_hint") or ""


def find_file(report: dict[str, Any], model: Path) -> Path | None:
    if model.is_file():
        return model if model.stat().st_size > 0 else None
    files = (model / resource["name"] for resource in report["resources"])
    return next((file for file in files if file.stat().st_size > 0), None)


def main() -> None:
    report = json.load(sys.stdin)
    if sys.argv[1] == "hint":
        print(key_hint(report))
    else:
        print(find_file(report, Path(sys.argv[2])) or "")


if __name__ == "__main__":
    main()

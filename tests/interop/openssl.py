"""Runs the openssl program."""

import subprocess
from pathlib import Path


def openssl(*arguments: str | Path, cwd: Path | None = None) -> None:
    """Raises with what openssl said when it fails."""
    result = subprocess.run(
        ["openssl", *map(str, arguments)],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise RuntimeError(f"openssl {arguments[0]}: {result.stderr}")

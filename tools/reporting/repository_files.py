"""The files of the repository: tracked ones and new ones that are not ignored."""

import subprocess
from pathlib import Path


def list_files(root: Path, *patterns: str) -> list[str]:
    """Paths relative to the root, sorted; a tracked file that was removed is left out."""
    command = ["git", "-C", str(root), "ls-files", "-z", "-co", "--exclude-standard", "--"]
    output = subprocess.run([*command, *patterns], check=True, capture_output=True).stdout
    names = {name.decode() for name in output.split(b"\0") if name}
    return sorted(name for name in names if (root / name).is_file())

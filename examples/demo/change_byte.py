"""Changes one byte in the middle of a file; a second run restores it."""

import sys
from pathlib import Path


def change_byte(path: Path) -> str:
    """Inverts the lowest bit and says what was done."""
    offset = path.stat().st_size // 2
    with path.open("r+b") as file:
        file.seek(offset)
        old = file.read(1)[0]
        file.seek(offset)
        file.write(bytes([old ^ 1]))
    return f"byte {offset} of {path}: {old:#04x} becomes {old ^ 1:#04x}"


if __name__ == "__main__":
    print(change_byte(Path(sys.argv[1])))

"""Models on disk to measure with: folders of files with given sizes."""

import random
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

KIBIBYTE = 1024
MEBIBYTE = 1024 * KIBIBYTE
GIBIBYTE = 1024 * MEBIBYTE


@dataclass(frozen=True)
class Model:
    """`sizes` holds the bytes of each file by its path. A sparse one takes no room on the disk; in
    the page cache it takes as much as any other, and hashing does not care what it reads."""

    title: str
    folder: Path
    sizes: Mapping[str, int]
    sparse: bool = False

    @property
    def files(self) -> list[Path]:
        return [self.folder / name for name in sorted(self.sizes)]

    @property
    def size(self) -> int:
        return sum(self.sizes.values())

    def make(self) -> None:
        """Kept from run to run; made again when it is to be another."""
        if _sizes_in(self.folder) == dict(self.sizes):
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        for name, size in self.sizes.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                if self.sparse:
                    file.truncate(size)
                else:
                    for piece in _random_pieces(name, size):
                        file.write(piece)


def uniform(folder: Path, count: int, size: int, sparse: bool = False) -> Model:
    """`count` files of `size` bytes in 16 folders, or as many as there are files."""
    sizes = {f"layer-{number % 16:02}/{number:05}.bin": size for number in range(count)}
    return Model(f"{count:,} x {size_text(size)}", folder, sizes, sparse)


def size_text(size: float) -> str:
    """In the largest binary unit that it reaches, with at most one decimal."""
    for unit, name in ((GIBIBYTE, "GiB"), (MEBIBYTE, "MiB"), (KIBIBYTE, "KiB")):
        if size >= unit:
            return f"{round(size / unit, 1):g} {name}"
    return f"{size:g} B"


def decimal_size_text(size: float) -> str:
    """The same in powers of 1000, as sizes of downloads are told."""
    for unit, name in ((1e9, "GB"), (1e6, "MB"), (1e3, "KB")):
        if size >= unit:
            return f"{round(size / unit, 1):g} {name}"
    return f"{size:g} B"


def _sizes_in(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file()
    }


def _random_pieces(name: str, size: int):
    """The same piece again and again: making it anew would take longer than the measurement."""
    piece = random.Random(name).randbytes(min(size, MEBIBYTE))
    for start in range(0, size, MEBIBYTE):
        yield piece[: size - start]

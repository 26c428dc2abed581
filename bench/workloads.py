"""Models to measure with, and what hashes them at least."""

import random
import shutil
from dataclasses import dataclass
from pathlib import Path

KIBIBYTE = 1024
MEBIBYTE = 1024 * KIBIBYTE


@dataclass(frozen=True)
class Model:
    """A folder of `count` files of `size` bytes."""

    folder: Path
    count: int
    size: int

    @property
    def title(self) -> str:
        return f"{self.count:,} x {_size_text(self.size)}"

    @property
    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())


def make_models(work: Path, scale: float) -> list[Model]:
    """Kept from run to run; made again when the scale is another."""
    small_count = max(1, round(2000 * scale))
    large_size = max(1, round(64 * MEBIBYTE * scale))
    models = [
        Model(work / "tiny", 3, KIBIBYTE),
        Model(work / "small-files", small_count, 4 * KIBIBYTE),
        Model(work / "large-files", 8, large_size),
    ]
    for model in models:
        _make(model)
    return models


def hashing_commands(model: Model, processes: int) -> list[list[str]]:
    """At most one openssl a core, each with its part of the files."""
    parts = [model.files[start::processes] for start in range(processes)]
    return [["openssl", "dgst", "-sha256", *map(str, part)] for part in parts if part]


def _make(model: Model) -> None:
    if [path.stat().st_size for path in model.files] == [model.size] * model.count:
        return
    shutil.rmtree(model.folder, ignore_errors=True)
    for number in range(model.count):
        path = model.folder / f"layer-{number % 16:02}" / f"{number:05}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(random.Random(number).randbytes(model.size))


def _size_text(size: int) -> str:
    if size >= MEBIBYTE:
        return f"{size / MEBIBYTE:g} MiB"
    return f"{size / KIBIBYTE:g} KiB"

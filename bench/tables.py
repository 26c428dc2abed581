"""The two tables, as Markdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cases import Case
from clients import GO_CLIENT, HALLMARK, REFERENCE
from measure import Sampling
from models import Model, decimal_size_text
from targets import Reached

NOTHING = "-"

CASE_HEAD = (
    *("verify", HALLMARK, REFERENCE, GO_CLIENT, "ratio", "of the ceiling"),
    *("peak memory, hallmark", "peak memory, reference", "target", "rounds, load"),
)
FAMILY_HEAD = (
    *("model", "size", "files", "", HALLMARK, REFERENCE, "ratio"),
    *("peak memory, hallmark", "peak memory, reference", "rounds, load"),
)


@dataclass(frozen=True)
class Table:
    """Grows as rows are measured."""

    head: Sequence[str]
    rows: list[Sequence[str]]

    def lines(self) -> list[str]:
        return [line(self.head), "|" + "---|" * len(self.head), *map(line, self.rows)]


def line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def ratio_of(sampling: Sampling) -> float:
    return sampling.median(REFERENCE) / sampling.median(HALLMARK)


def case_cells(case: Case, sampling: Sampling, at_full_size: bool) -> list[str]:
    """Targets are for full sizes: of another size none is met or missed."""
    seconds = sampling.median(HALLMARK)
    ceiling = case.ceiling / seconds if case.ceiling is not None else None
    reached = Reached(seconds, ratio_of(sampling), ceiling)
    counts = at_full_size or not case.is_scaled
    return [
        case.title,
        seconds_text(seconds),
        seconds_text(sampling.median(REFERENCE)),
        seconds_text(sampling.median(GO_CLIENT)) if GO_CLIENT in sampling.peaks else NOTHING,
        ratio_text(reached.ratio),
        f"{ceiling:.0%}" if ceiling is not None else NOTHING,
        *_memory_cells(sampling.peaks),
        case.target.judge(reached if counts else None),
        _rounds_text(sampling),
    ]


def family_cells(model: Model, operation: str, sampling: Sampling) -> list[str]:
    return [
        model.title,
        decimal_size_text(model.size),
        f"{len(model.sizes):,}",
        operation,
        seconds_text(sampling.median(HALLMARK)),
        seconds_text(sampling.median(REFERENCE)),
        ratio_text(ratio_of(sampling)),
        *_memory_cells(sampling.peaks),
        _rounds_text(sampling),
    ]


def seconds_text(seconds: float) -> str:
    """Three digits that count."""
    if seconds < 1:
        return f"{seconds * 1000:.3g} ms" if seconds < 0.9995 else "1.00 s"
    return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.1f} s"


def ratio_text(ratio: float) -> str:
    return f"{ratio:.2f}x" if ratio < 10 else f"{ratio:,.0f}x"


def _memory_cells(peaks: Mapping[str, int]) -> list[str]:
    return [f"{peaks[column] / 1e6:.0f} MB" for column in (HALLMARK, REFERENCE)]


def _rounds_text(sampling: Sampling) -> str:
    return f"{len(sampling.rounds)}, {sampling.foreign_load:.0%}"

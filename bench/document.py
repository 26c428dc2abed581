"""What a run leaves behind: the tables as Markdown, and a chart of the first one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chart import Bar, bar_chart
from measure import CALM
from tables import Table

CHART = "ratios.svg"

HOW = """\
Whole processes, files in the page cache, one column after the other in each round; medians of the
rounds in which others used least of the machine ("load" is the most of these). All verify the same
signature with a P-256 key. "ratio" is the reference over hallmark. "of the ceiling" is the speed of
hallmark as a share of what the chosen SHA-256 kernel and reading from the page cache allow together
on all cores, by `hallmark bench kernels` in the same run. Peak memory is from a run of its own. The
digest cache is used in its own rows alone. Targets stand with full sizes."""

FAMILIES = """\
The models that the reference measures itself with, as folders of the same layout whose files are
sparse. What is beneath `.git` is left out by both, as is their default."""


@dataclass(frozen=True)
class Results:
    machine: str
    scale: float
    cases: Table
    families: Table
    ratios: Sequence[Bar]
    foreign_load: float

    def warnings(self) -> list[str]:
        warnings = []
        if self.foreign_load > CALM:
            warnings.append(
                f"Others used {self.foreign_load:.0%} of the machine in some rounds: not to be "
                "published."
            )
        if self.scale != 1:
            warnings.append(f"Sizes are scaled by {self.scale:g}: not to be published.")
        return warnings


def markdown(results: Results) -> str:
    parts = [
        "# Performance",
        "Written by `make bench`.",
        *(f"**{warning}**" for warning in results.warnings()),
        results.machine,
        f"![How many times as quick as the reference]({CHART})",
        "## Verifying, against targets",
        HOW,
        "\n".join(results.cases.lines()),
        "## Models that users know",
        FAMILIES,
        "\n".join(results.families.lines()),
    ]
    return "\n\n".join(parts) + "\n"


def write(results: Results, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.md").write_text(markdown(results))
    title = "How many times as quick as the reference hallmark verifies"
    (folder / CHART).write_text(bar_chart(title, results.ratios))

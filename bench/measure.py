"""Times commands in interleaved rounds and prefers the rounds in which the machine was calm."""

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

CALM = 0.08  # share of the machine that other processes may use
MOST_ROUNDS = 4  # times the wanted number, until enough calm ones are found
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Row:
    """What is compared. The ceiling's commands run at the same time."""

    name: str
    hallmark: list[str]
    reference: list[str]
    ceiling: list[list[str]]
    files: list[Path] = field(default_factory=list)


@dataclass(frozen=True)
class Timing:
    """Seconds of one command, a sample a round."""

    samples: list[float]

    def median(self) -> float:
        return statistics.median(self.samples)

    def low_median_high(self) -> tuple[float, float, float]:
        return min(self.samples), self.median(), max(self.samples)


@dataclass(frozen=True)
class Sampling:
    """The rounds that count; `foreign_load` is the worst of them."""

    hallmark: Timing
    reference: Timing
    ceiling: Timing
    foreign_load: float
    rounds: int


@dataclass(frozen=True)
class Round:
    """One sample of each."""

    hallmark: float
    reference: float
    ceiling: float
    foreign_load: float


def measure(row: Row, wanted: int) -> Sampling:
    """The calmest `wanted` rounds; the first round only warms up."""
    _run_round(row)
    rounds: list[Round] = []
    while len(rounds) < MOST_ROUNDS * wanted and _count_calm(rounds) < wanted:
        rounds.append(_run_round(row))
    chosen = sorted(rounds, key=lambda one: one.foreign_load)[:wanted]
    return Sampling(
        Timing([one.hallmark for one in chosen]),
        Timing([one.reference for one in chosen]),
        Timing([one.ceiling for one in chosen]),
        max(one.foreign_load for one in chosen),
        len(chosen),
    )


def _count_calm(rounds: list[Round]) -> int:
    return sum(one.foreign_load <= CALM for one in rounds)


def _run_round(row: Row) -> Round:
    for path in row.files:  # the kernel may have dropped them from the page cache
        path.read_bytes()
    seconds: list[float] = []

    def run_all() -> None:
        for commands in ([row.hallmark], [row.reference], row.ceiling):
            seconds.append(_time(commands))

    load = _foreign_load(run_all)
    return Round(*seconds, foreign_load=load)


def _time(commands: list[list[str]]) -> float:
    """Until the last of them has ended; each must succeed."""
    began = time.perf_counter()
    running = [
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in commands
    ]
    statuses = [process.wait() for process in running]
    elapsed = time.perf_counter() - began
    if any(statuses):
        raise RuntimeError(f"exit codes {statuses} of {[command[:4] for command in commands]}")
    return elapsed


def _foreign_load(action: Callable[[], None]) -> float:
    """Runs `action`; the share of the machine's time that others used meanwhile."""
    busy, own, began = _busy_seconds(), _own_seconds(), time.perf_counter()
    action()
    foreign = (_busy_seconds() - busy) - (_own_seconds() - own)
    available = (time.perf_counter() - began) * (os.cpu_count() or 1)
    return max(0.0, foreign / available)


def _busy_seconds() -> float:
    """All processors since boot, from the kernel's counters."""
    counters = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    user, nice, system, _idle, _waiting, *interrupts_and_stolen = map(int, counters[:8])
    return (user + nice + system + sum(interrupts_and_stolen)) / CLOCK_TICKS


def _own_seconds() -> float:
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)

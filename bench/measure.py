"""Times commands in interleaved rounds and prefers the rounds in which the machine was calm."""

import os
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CALM = 0.08  # share of the machine that other processes may use
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
KIBIBYTE = 1024

Command = Sequence[str]


@dataclass(frozen=True)
class Row:
    """What is compared: a command for each column. `files` are in the page cache before."""

    commands: Mapping[str, Command]
    files: Sequence[Path] = ()


@dataclass(frozen=True)
class Effort:
    """How many rounds count, and for how long to go on in the hope of calmer ones."""

    rounds: int
    patience: float  # seconds of a row beyond its first `rounds` rounds
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))


@dataclass(frozen=True)
class Round:
    """One sample of each column."""

    seconds: Mapping[str, float]
    foreign_load: float


@dataclass(frozen=True)
class Sampling:
    """The rounds that count, and the most memory that each column's command held, in bytes."""

    rounds: Sequence[Round]
    peaks: Mapping[str, int]

    @property
    def foreign_load(self) -> float:
        return max(one.foreign_load for one in self.rounds)

    def median(self, column: str) -> float:
        return statistics.median(one.seconds[column] for one in self.rounds)


def measure(row: Row, effort: Effort) -> Sampling:
    """The calmest rounds. Before them each command runs once for its memory, and to warm up."""
    peaks = {
        column: peak_memory(command, effort.environment) for column, command in row.commands.items()
    }
    rounds: list[Round] = []
    patient_until = time.monotonic()
    while len(rounds) < effort.rounds or (
        _count_calm(rounds) < effort.rounds and time.monotonic() < patient_until
    ):
        rounds.append(_run_round(row, effort.environment))
        if len(rounds) == effort.rounds:
            patient_until = time.monotonic() + effort.patience
    return Sampling(sorted(rounds, key=lambda one: one.foreign_load)[: effort.rounds], peaks)


def can_tell_memory() -> bool:
    return shutil.which("time") is not None


def peak_memory(command: Command, environment: Mapping[str, str]) -> int:
    """Of a run that is not timed: a process counts the memory of the one that started it as its
    own peak, so something small has to stand in between: GNU time."""
    with tempfile.NamedTemporaryFile("r") as output:
        _run(["time", "--format=%M", f"--output={output.name}", *command], environment)
        return int(output.read()) * KIBIBYTE


def _count_calm(rounds: Sequence[Round]) -> int:
    return sum(one.foreign_load <= CALM for one in rounds)


def _run_round(row: Row, environment: Mapping[str, str]) -> Round:
    for path in row.files:  # the kernel may have dropped them from the page cache
        _read(path)
    seconds: dict[str, float] = {}

    def run_all() -> None:
        for column, command in row.commands.items():
            began = time.perf_counter()
            _run(command, environment)
            seconds[column] = time.perf_counter() - began

    load = _foreign_load(run_all)
    return Round(seconds, load)


def _read(path: Path) -> None:
    buffer = bytearray(KIBIBYTE * KIBIBYTE)
    with path.open("rb", buffering=0) as file:
        while file.readinto(buffer):
            pass


def _run(command: Command, environment: Mapping[str, str]) -> None:
    status = subprocess.run(
        list(command),
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    ).returncode
    if status != 0:
        raise RuntimeError(f"exit code {status} of {' '.join(command)}")


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

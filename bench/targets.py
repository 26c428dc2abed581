"""What a measurement has to reach."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reached:
    seconds: float
    ratio: float  # the reference's seconds over ours
    ceiling: float | None  # share of the speed that the machine allows


@dataclass(frozen=True)
class Target:
    ratio: float | None = None  # at least
    seconds: float | None = None  # at most
    ceiling: float | None = None  # at least

    def judge(self, reached: Reached | None) -> str:
        """Each part of the target with met or missed. Without the measurement, or the part of it
        that counts, only what it is."""
        parts = []
        if self.ratio is not None:
            met = reached and reached.ratio >= self.ratio
            parts.append(_judged(f"{self.ratio:g}x", met))
        if self.seconds is not None:
            met = reached and reached.seconds <= self.seconds
            parts.append(_judged(_seconds_text(self.seconds), met))
        if self.ceiling is not None:
            unknown = reached is None or reached.ceiling is None
            met = None if unknown else reached.ceiling >= self.ceiling
            parts.append(_judged(f"{self.ceiling:.0%} of the ceiling", met))
        return "; ".join(parts)


def _judged(what: str, met: bool | None) -> str:
    return what if met is None else f"{what} {'met' if met else '**missed**'}"


def _seconds_text(seconds: float) -> str:
    return f"{seconds * 1000:g} ms" if seconds < 0.1 else f"{seconds:g} s"

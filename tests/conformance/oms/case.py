"""What the cases share: the programs under test and the account of what came of them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TIMEOUT_SECONDS = 120


class CaseFailure(Exception):
    """A case did not behave as the suite says."""


def run_program(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_SECONDS,
    )


@dataclass(frozen=True)
class Programs:
    hallmark: Path
    adapter: Path

    def call_adapter(self, accepted: bool, *arguments: object) -> None:
        """Runs the adapter; the protocol knows success and failure alone."""
        run = run_program(self.adapter, *arguments)
        if run.returncode < 0 or (run.returncode == 0) != accepted:
            wanted = "success" if accepted else "failure"
            raise CaseFailure(f"expected {wanted}, exit code {run.returncode}: {run.stderr}")

    def inspect(self, bundle: Path, code: int = 0) -> dict[str, Any]:
        run = run_program(self.hallmark, "inspect", bundle, "--json")
        if run.returncode != code:
            raise CaseFailure(f"inspect: expected exit code {code}, found {run.returncode}")
        return json.loads(run.stdout)

    def signed_names(self, bundle: Path) -> list[str]:
        return [resource["name"] for resource in self.inspect(bundle)["resources"]]


@dataclass
class Outcome:
    """Which cases ran. Those of the data are recorded, for the check that none was left out."""

    recorded: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    passed: int = 0
    skipped: int = 0

    @contextmanager
    def case(self, name: str, recorded: bool = True) -> Iterator[None]:
        if recorded:
            self.recorded.append(name)
        try:
            yield
        except CaseFailure as failure:
            self.failures.append(f"{name}: {failure}")
        else:
            self.passed += 1

    def summary(self) -> str:
        return f"{self.passed} passed, {len(self.failures)} failed, {self.skipped} skipped"


def expect_names(found: list[str], expected: list[str]) -> None:
    if found != expected:
        raise CaseFailure(f"expected the names {expected}, found {found}")

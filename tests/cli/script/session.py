"""What a running script knows: its folder, its environment, what the last program said."""

from __future__ import annotations

import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .failure import ScriptFailure

TIMEOUT_SECONDS = 120
HELPERS = Path(__file__).resolve().parent.parent / "programs"
# What the program needs from outside: sanitizers and coverage are steered by the environment.
KEPT_VARIABLES = ("ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS")


@dataclass(frozen=True)
class Programs:
    hallmark: Path
    fault_shim: Path | None
    leak_shim: Path | None
    fake_token: Path | None = None


@dataclass(frozen=True)
class Output:
    command: str
    code: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Fault:
    """A fault for the next run of the program: see fault_shim.c."""

    what: str
    command: str


def _environment(folder: Path, programs: Programs) -> dict[str, str]:
    path = [str(HELPERS), str(programs.hallmark.parent), os.environ.get("PATH", os.defpath)]
    variables = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    variables.update(HOME=str(folder), WORK=str(folder), PATH=":".join(path))
    variables.update(LC_ALL="C.UTF-8", TZ="UTC")
    if programs.fake_token is not None:
        variables["FAKE_TOKEN"] = str(programs.fake_token)
    return variables


class Session:
    def __init__(self, folder: Path, programs: Programs) -> None:
        self.folder = folder
        self.programs = programs
        self.variables = _environment(folder, programs)
        self.input: Path | None = None
        self.fault: Fault | None = None
        self.secrets: list[Path] = []
        self.last: Output | None = None

    def path(self, name: str) -> Path:
        return self.folder / name

    def output(self) -> Output:
        if self.last is None:
            raise ScriptFailure("no program ran before this line")
        return self.last

    def run(self, command: list[str], expected: int, shown: str) -> None:
        """Runs a program and keeps what it says; fails on any other exit code."""
        environment = self.variables
        happened = self.folder.parent / "fault-happened"
        fault, self.fault = self.fault, None
        if fault is not None:
            environment = {**environment, **self._fault_variables(fault, happened)}
        if self.secrets:
            environment = {**environment, **self._secret_variables()}
        self.last = self._execute(command, environment, shown)
        if self.last.code != expected:
            raise ScriptFailure(f"expected exit code {expected}, found {self.last.code}")
        if fault is not None:
            _check_happened(fault, happened)

    def _fault_variables(self, fault: Fault, happened: Path) -> dict[str, str]:
        if self.programs.fault_shim is None:
            raise ScriptFailure("'fault' needs --fault-shim")
        sanitizer = self.variables.get("ASAN_OPTIONS", "")
        return {
            "LD_PRELOAD": str(self.programs.fault_shim),
            "HALLMARK_FAULT": fault.what,
            "HALLMARK_FAULT_DO": fault.command,
            "HALLMARK_FAULT_HAPPENED": str(happened),
            "ASAN_OPTIONS": f"{sanitizer}:verify_asan_link_order=0".lstrip(":"),
        }

    def _secret_variables(self) -> dict[str, str]:
        secrets, self.secrets = self.secrets, []
        paths = ":".join(str(path) for path in secrets)
        return {"LD_PRELOAD": str(self.programs.leak_shim), "HALLMARK_SECRETS": paths}

    def _execute(self, command: list[str], environment: dict[str, str], shown: str) -> Output:
        source = self.input or Path(os.devnull)
        self.input = None
        with source.open("rb") as stdin, subprocess.Popen(
            command,
            cwd=self.folder,
            env=environment,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process:
            try:
                stdout, stderr = process.communicate(timeout=TIMEOUT_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise ScriptFailure(f"no end after {TIMEOUT_SECONDS} s: {shown}") from None
        return Output(shown, process.returncode, _text(stdout), _text(stderr))


def _check_happened(fault: Fault, happened: Path) -> None:
    for number, what in enumerate(fault.what.split()):
        mark = happened.with_name(f"{happened.name}.{number}")
        if not mark.exists():
            raise ScriptFailure(f"the fault {what} never happened")
        mark.unlink()


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", errors="backslashreplace")

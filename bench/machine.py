"""Names the machine and the versions that a table was measured with."""

import os
import platform
import subprocess
from pathlib import Path


def describe_machine(hallmark: Path, python: Path) -> str:
    flags = _processor_field("flags").split()
    known = [name for name in ("sha_ni", "avx2", "avx512f") if name in flags]
    versions = (
        _output(hallmark, "--version"),
        "model-signing " + _output(python, "-c", _PRINT_REFERENCE_VERSION),
        _output(python, "--version"),
        " ".join(_output("openssl", "version").split()[:2]),
    )
    return (
        f"Machine: {_processor_field('model name') or platform.machine()}, "
        f"family {_processor_field('cpu family')} model {_processor_field('model')}"
        f" ({' '.join(known)}), {len(os.sched_getaffinity(0))} cores, "
        f"{platform.system()} {platform.release()}.\nVersions: {', '.join(versions)}."
    )


_PRINT_REFERENCE_VERSION = (
    "from importlib.metadata import version; print(version('model-signing'))"
)


def _processor_field(name: str) -> str:
    """Of the first processor; empty where the kernel does not tell."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""


def _output(*command: str | Path) -> str:
    result = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=True
    )
    return result.stdout.strip()

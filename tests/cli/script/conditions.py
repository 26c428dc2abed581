"""What a machine can do, for lines that begin with [condition] or [!condition]."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable

from .failure import ScriptFailure
from .session import HELPERS


def _is_root() -> bool:
    return os.geteuid() == 0


def _succeeds(command: str) -> bool:
    try:
        run = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    except OSError:
        return False
    return run.returncode == 0


def _can_mount() -> bool:
    return _is_root() and _succeeds("unshare --mount mount -t tmpfs -o size=64k none /mnt")


def _can_make_devices() -> bool:
    return _is_root() and _succeeds(
        'd=$(mktemp -d) && mknod "$d/n" c 1 3 && : >"$d/n"; s=$?; rm -r "$d"; exit $s'
    )


def _is_in_memory() -> bool:
    return _succeeds('test "$(stat -f -c %T "${TMPDIR:-/tmp}")" = tmpfs')


def _has_thread_sanitizer() -> bool:
    return "TSAN_OPTIONS" in os.environ


def _has_soft_tokens() -> bool:
    return _succeeds(f"{HELPERS}/soft_token available")


def _has(program: str) -> Callable[[], bool]:
    return lambda: shutil.which(program) is not None


CONDITIONS = {
    "root": _is_root,
    "mount": _can_mount,
    "mknod": _can_make_devices,
    "tmpfs": _is_in_memory,
    "softhsm": _has_soft_tokens,
    "tsan": _has_thread_sanitizer,
    "zip": _has("zip"),
    "zstd": _has("zstd"),
}


def holds(condition: str) -> bool:
    wanted = not condition.startswith("!")
    name = condition.lstrip("!")
    if name not in CONDITIONS:
        raise ScriptFailure(f"no condition {name}")
    return CONDITIONS[name]() == wanted

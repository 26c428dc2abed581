"""Runs the lines of a script in a folder of their own."""

from __future__ import annotations

import tempfile
from pathlib import Path

from .actions import ACTIONS
from .conditions import holds
from .expectations import EXPECTATIONS
from .failure import ScriptFailure
from .parse import Line, Script, split_words
from .session import Programs, Session


def run_in_fresh_folder(script: Script, programs: Programs) -> None:
    with tempfile.TemporaryDirectory(prefix="hallmark-script-") as outer:
        folder = Path(outer).resolve() / "work"
        folder.mkdir()
        _write_files(script, folder)
        session = Session(folder, programs)
        for line in script.lines:
            try:
                _run_line(session, line)
            except (ScriptFailure, OSError, ValueError) as failure:
                raise ScriptFailure(_explain(script, line, session, failure)) from failure


def _write_files(script: Script, folder: Path) -> None:
    for name, text in script.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _run_line(session: Session, line: Line) -> None:
    if line.condition is not None and not holds(line.condition):
        return
    words = split_words(line.text, session.variables)
    if not words:
        raise ScriptFailure("not a command")
    name, rest = words[0], words[1:]
    if name in EXPECTATIONS:
        EXPECTATIONS[name](session, rest, line.negated)
    elif name not in ACTIONS:
        raise ScriptFailure(f"no command {name}")
    elif line.negated:
        raise ScriptFailure(f"! does not go with {name}")
    else:
        ACTIONS[name](session, rest)


def _explain(script: Script, line: Line, session: Session, failure: Exception) -> str:
    parts = [f"{script.name}:{line.number}: {line.text}", f"{failure}"]
    if line.claim:
        parts.insert(1, f"claim: {line.claim}")
    if session.last is not None:
        last = session.last
        parts.append(f"last program: {last.command}\nexit code: {last.code}")
        parts.append(f"stdout:\n{last.stdout}\nstderr:\n{last.stderr}")
    return "\n".join(parts)

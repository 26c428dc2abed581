"""Commands that do something."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence

from .failure import ScriptFailure, ScriptSkipped
from .session import Fault, Session


# The programs under test; they stand in one folder.
PROGRAMS = ("hallmark", "model_signing")


def _need(words: Sequence[str], count: int, usage: str) -> None:
    if len(words) != count:
        raise ScriptFailure(f"usage: {usage}")


def run_program(session: Session, words: Sequence[str], expected: int = 0) -> None:
    shown = " ".join(words)
    if not words or words[0] not in (*PROGRAMS, "sh"):
        raise ScriptFailure(f"usage: [exit N] {'|'.join(PROGRAMS)} ARGUMENT... | sh 'COMMAND'")
    if words[0] in PROGRAMS:
        program = session.programs.hallmark.with_name(words[0])
        session.run([str(program), *words[1:]], expected, shown)
        return
    _need(words, 2, "sh 'COMMAND'")
    if session.fault is not None or session.secrets:
        raise ScriptFailure("'fault' and 'secrets' go before hallmark or model_signing, not before sh")
    session.run(["sh", "-euc", words[1]], expected, shown)


def run_with_exit_code(session: Session, words: Sequence[str]) -> None:
    if len(words) < 2 or not words[0].isdigit():
        raise ScriptFailure("usage: exit N PROGRAM ARGUMENT...")
    run_program(session, words[1:], int(words[0]))


def write(session: Session, words: Sequence[str]) -> None:
    _need(words, 2, "write FILE TEXT")
    session.path(words[0]).write_text(words[1], encoding="utf-8")


def append(session: Session, words: Sequence[str]) -> None:
    _need(words, 2, "append FILE TEXT")
    with session.path(words[0]).open("a", encoding="utf-8") as file:
        file.write(words[1])


def remove(session: Session, words: Sequence[str]) -> None:
    for word in words:
        path = session.path(word)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def move(session: Session, words: Sequence[str]) -> None:
    _need(words, 2, "mv FROM TO")
    session.path(words[0]).rename(session.path(words[1]))


def copy(session: Session, words: Sequence[str]) -> None:
    _need(words, 2, "cp FROM TO")
    source, target = session.path(words[0]), session.path(words[1])
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True)
    else:
        shutil.copy2(source, target)


def make_directories(session: Session, words: Sequence[str]) -> None:
    for word in words:
        session.path(word).mkdir(parents=True)


def make_symlink(session: Session, words: Sequence[str]) -> None:
    if len(words) != 3 or words[1] != "->":
        raise ScriptFailure("usage: symlink LINK -> TARGET")
    session.path(words[0]).symlink_to(words[2])


def make_pipe(session: Session, words: Sequence[str]) -> None:
    _need(words, 1, "mkfifo PATH")
    os.mkfifo(session.path(words[0]))


def change_mode(session: Session, words: Sequence[str]) -> None:
    _need(words, 2, "chmod OCTAL PATH")
    session.path(words[1]).chmod(int(words[0], 8))


def set_variable(session: Session, words: Sequence[str]) -> None:
    for word in words:
        name, equals, value = word.partition("=")
        if equals:
            session.variables[name] = value
        else:
            session.variables.pop(name, None)


def set_input(session: Session, words: Sequence[str]) -> None:
    _need(words, 1, "stdin FILE")
    session.input = session.path(words[0])


def set_fault(session: Session, words: Sequence[str]) -> None:
    if len(words) not in (1, 2):
        raise ScriptFailure("usage: fault 'CALL:ACTION[:TEXT]...' ['COMMAND']")
    session.fault = Fault(words[0], words[1] if len(words) == 2 else "")


def set_secrets(session: Session, words: Sequence[str]) -> None:
    if not words:
        raise ScriptFailure("usage: secrets FILE...")
    if session.programs.leak_shim is None:
        raise ScriptSkipped("'secrets' needs --leak-shim")
    session.secrets = [session.path(word) for word in words]


def skip(_session: Session, words: Sequence[str]) -> None:
    raise ScriptSkipped(" ".join(words))


def run_sh(session: Session, words: Sequence[str]) -> None:
    run_program(session, ["sh", *words])


def run_hallmark(session: Session, words: Sequence[str]) -> None:
    run_program(session, ["hallmark", *words])


def run_model_signing(session: Session, words: Sequence[str]) -> None:
    run_program(session, ["model_signing", *words])


ACTIONS = {
    "append": append,
    "chmod": change_mode,
    "cp": copy,
    "env": set_variable,
    "exit": run_with_exit_code,
    "fault": set_fault,
    "hallmark": run_hallmark,
    "mkdir": make_directories,
    "mkfifo": make_pipe,
    "model_signing": run_model_signing,
    "mv": move,
    "rm": remove,
    "secrets": set_secrets,
    "sh": run_sh,
    "skip": skip,
    "stdin": set_input,
    "symlink": make_symlink,
    "write": write,
}

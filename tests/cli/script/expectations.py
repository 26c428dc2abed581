"""Commands that look at what happened."""

from __future__ import annotations

import filecmp
import json
import re
from collections.abc import Sequence

from .failure import ScriptFailure
from .json_path import look_up, parse_expected, parse_one_value
from .session import Session


def _expect_text(name: str, text: str, words: Sequence[str], negated: bool) -> None:
    if len(words) > 1 or (not words and not negated):
        raise ScriptFailure(f"usage: {name} 'REGEX', ! {name} ['REGEX']")
    if not words:
        if text:
            raise ScriptFailure(f"expected nothing on {name}")
        return
    found = re.search(words[0], text, re.MULTILINE) is not None
    if found == negated:
        verb = "an unwanted" if negated else "no"
        raise ScriptFailure(f"{verb} match of {words[0]!r} on {name}")


def expect_stdout(session: Session, words: Sequence[str], negated: bool) -> None:
    _expect_text("stdout", session.output().stdout, words, negated)


def expect_stderr(session: Session, words: Sequence[str], negated: bool) -> None:
    _expect_text("stderr", session.output().stderr, words, negated)


def expect_json(session: Session, words: Sequence[str], negated: bool) -> None:
    value = parse_one_value(session.output().stdout)
    if negated or len(words) not in (0, 1, 3):
        raise ScriptFailure("usage: json [PATH [== VALUE | != VALUE | ~ REGEX]]")
    if not words:
        return
    found = look_up(value, words[0])
    if len(words) == 1:
        return
    operator, expected = words[1], words[2]
    if operator == "~":
        if not isinstance(found, str) or re.search(expected, found) is None:
            raise ScriptFailure(f"no match of {expected!r} in {json.dumps(found)}")
        return
    if operator not in ("==", "!="):
        raise ScriptFailure(f"no operator {operator}")
    wanted = parse_expected(expected)
    same = found == wanted and isinstance(found, bool) == isinstance(wanted, bool)
    if same != (operator == "=="):
        raise ScriptFailure(f"expected {words[0]} {operator} {expected}, found {json.dumps(found)}")


def expect_exists(session: Session, words: Sequence[str], negated: bool) -> None:
    if not words:
        raise ScriptFailure("usage: [!] exists GLOB...")
    for word in words:
        found = any(session.folder.glob(word))
        if found == negated:
            raise ScriptFailure(f"{word} {'exists' if negated else 'does not exist'}")


def expect_same(session: Session, words: Sequence[str], negated: bool) -> None:
    if len(words) != 2:
        raise ScriptFailure("usage: [!] cmp A B")
    same = filecmp.cmp(session.path(words[0]), session.path(words[1]), shallow=False)
    if same == negated:
        raise ScriptFailure(f"{words[0]} and {words[1]} {'are the same' if same else 'differ'}")


def expect_mode(session: Session, words: Sequence[str], negated: bool) -> None:
    if len(words) != 2 or negated:
        raise ScriptFailure("usage: mode FILE OCTAL")
    mode = session.path(words[0]).lstat().st_mode & 0o7777
    if mode != int(words[1], 8):
        raise ScriptFailure(f"expected mode {words[1]}, found {mode:04o}")


EXPECTATIONS = {
    "stdout": expect_stdout,
    "stderr": expect_stderr,
    "json": expect_json,
    "exists": expect_exists,
    "cmp": expect_same,
    "mode": expect_mode,
}

"""Reads one JSON value strictly and looks into it."""

from __future__ import annotations

import json
from typing import Any

from .failure import ScriptFailure


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ScriptFailure("a JSON object has a member twice")
    return value


def parse_one_value(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_without_duplicates)
    except json.JSONDecodeError as error:
        raise ScriptFailure(f"expected exactly one JSON value on stdout: {error}") from None


def look_up(value: Any, path: str) -> Any:
    """The value at a dotted path of names and indexes; a last `#` counts elements."""
    for step in path.split("."):
        if step == "#" and isinstance(value, (list, dict)):
            value = len(value)
        elif isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            raise ScriptFailure(f"nothing at {path}: no '{step}'")
    return value


def parse_expected(text: str) -> Any:
    """JSON, or else a bare word that stands for itself."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text

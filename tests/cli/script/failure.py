"""How a script ends early."""

from __future__ import annotations


class ScriptFailure(Exception):
    """An expectation was not met, or a line cannot be understood."""


class ScriptSkipped(Exception):
    """The script cannot run on this machine."""

"""The roundtrips: models that are signed, looked at and verified."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from .case import CaseFailure, Outcome, Programs, expect_names
from .credentials import Credentials, make_chain, make_key, make_self_signed
from .verify import copy_model

GIT_NAMES = {".git", ".gitattributes", ".github", ".gitignore"}


class Roundtrip:
    """One copy of a model and the adapter's calls about it."""

    def __init__(self, source: Path, scratch: Path, who: Credentials, programs: Programs) -> None:
        self.model = copy_model(source, scratch)
        self.bundle = scratch / "model.sig"
        self.who = who
        self.programs = programs

    def sign(self, *flags: object, accepted: bool = True) -> None:
        self._call("sign-model", "--output-bundle", accepted, *self.who.sign, *flags)

    def verify(self, *flags: object, accepted: bool = True) -> None:
        self._call("verify-model", "--bundle", accepted, *self.who.verify, *flags)

    def _call(self, verb: str, bundle_flag: str, accepted: bool, *flags: object) -> None:
        what = ("--method", self.who.method, "--model-path", self.model, bundle_flag, self.bundle)
        self.programs.call_adapter(accepted, verb, *what, *flags)

    def expect_signed(self, ignored: str | None = None) -> None:
        """What is signed is every file but git's at the root, the ignored one and the bundle."""
        files = (path for path in self.model.rglob("*") if path.is_file() and path != self.bundle)
        names = (path.relative_to(self.model) for path in files)
        kept = (name.as_posix() for name in names if name.parts[0] not in GIT_NAMES)
        expected = sorted(name for name in kept if name != ignored)
        expect_names(self.programs.signed_names(self.bundle), expected)


def _plain(case: Roundtrip) -> None:
    case.sign()
    case.expect_signed()
    case.verify()


def _tampered(case: Roundtrip) -> None:
    case.sign()
    victim = case.model / case.programs.signed_names(case.bundle)[-1]
    victim.write_bytes(victim.read_bytes() + b"x")
    case.verify(accepted=False)


def _inside(case: Roundtrip) -> None:
    case.bundle = case.model / "model.sig"
    _plain(case)


def _again(case: Roundtrip) -> None:
    _plain(case)
    names = case.programs.signed_names(case.bundle)
    case.sign()
    expect_names(case.programs.signed_names(case.bundle), names)


def _ignoring(case: Roundtrip) -> None:
    flags = ("--ignore-paths", case.model / "ignore-me")
    case.sign(*flags)
    case.expect_signed(ignored="ignore-me")
    case.verify(*flags)


def _injected(case: Roundtrip) -> None:
    case.sign()
    (case.model / "injected").write_text("later")
    case.verify(accepted=False)
    case.verify("--ignore-unsigned-files")


def _refused(prepare: Callable[[Path], None]) -> Callable[[Roundtrip], None]:
    def run(case: Roundtrip) -> None:
        prepare(case.model)
        case.sign(accepted=False)
        if case.bundle.exists():
            raise CaseFailure("a bundle was written")

    return run


SPECIAL = {
    "tampered": _tampered,
    "sig-inside-model": _inside,
    "deterministic": _again,
    "ignore-paths": _ignoring,
    "ignore-unsigned": _injected,
    "symlink-default": _refused(lambda model: (model / "link").symlink_to("signme-1")),
    "symlink-cycle": _refused(lambda model: (model / "link").symlink_to("link")),
    "symlink-outside-root": _refused(lambda model: (model / "link").symlink_to("/etc/passwd")),
}


def run_roundtrips(oms: Path, programs: Programs, outcome: Outcome) -> None:
    models = oms / "assets" / "models"
    with tempfile.TemporaryDirectory() as keys:
        folder = Path(keys)
        signers = [make_key(folder, curve) for curve in ("p256", "p384", "p521")]
        signers += [make_chain(folder), make_self_signed(folder)]
        for who in signers:
            for source in sorted(models.iterdir()):
                run = _refused(lambda model: None) if source.name == "empty" else _plain
                _run(f"{source.name}", run, source, who, programs, outcome)
            for name, run in SPECIAL.items():
                _run(name, run, models / "simple", who, programs, outcome)


def _run(
    name: str,
    run: Callable[[Roundtrip], None],
    source: Path,
    who: Credentials,
    programs: Programs,
    outcome: Outcome,
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        with outcome.case(f"roundtrip/{who.name}-{name}", recorded=False):
            run(Roundtrip(source, Path(scratch), who, programs))

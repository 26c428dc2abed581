"""Keys and certificates as the suite's models are signed with."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

CERTIFY = Path(__file__).resolve().parents[2] / "cli" / "programs" / "certify"
CURVES = {"p256": "prime256v1", "p384": "secp384r1", "p521": "secp521r1"}


@dataclass(frozen=True)
class Credentials:
    """How the adapter is told to sign and to verify."""

    name: str
    method: str
    sign: tuple[object, ...]
    verify: tuple[object, ...]


def _openssl(*arguments: object) -> bytes:
    command = ["openssl", *(str(argument) for argument in arguments)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def make_key(folder: Path, name: str) -> Credentials:
    """A SEC 1 key with text before it, as the suite keeps its keys."""
    plain, private, public = (folder / f"{name}.{end}" for end in ("sec1", "key", "pub"))
    _openssl("ecparam", "-name", CURVES[name], "-genkey", "-noout", "-out", plain)
    private.write_bytes(_openssl("ec", "-in", plain, "-text"))
    _openssl("ec", "-in", plain, "-pubout", "-out", public)
    return Credentials(f"key-{name}", "key", ("--private-key", private), ("--public-key", public))


def make_chain(folder: Path) -> Credentials:
    """A root that is trusted, an intermediate that goes along, and the signer."""
    for words in ("root root", "issue root middle ca", "issue middle leaf signer"):
        _certify(folder, words)
    along = ("--cert-chain", folder / "middle.pem")
    return _certified("certificate", folder, "leaf", along, "root")


def make_self_signed(folder: Path) -> Credentials:
    _certify(folder, "self-signed own")
    return _certified("certificate-self-signed", folder, "own", (), "own")


def _certify(folder: Path, words: str) -> None:
    environment = {**os.environ, "CERTIFY_CURVE": CURVES["p384"]}
    subprocess.run([str(CERTIFY), *words.split()], cwd=folder, env=environment, check=True)


def _certified(
    name: str, folder: Path, leaf: str, along: tuple[object, ...], root: str
) -> Credentials:
    key, certificate = folder / f"{leaf}.key", folder / f"{leaf}.pem"
    sign = ("--private-key", key, "--signing-cert", certificate, *along)
    return Credentials(name, "certificate", sign, ("--cert-chain", folder / f"{root}.pem"))

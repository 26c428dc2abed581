"""Soft tokens made with SoftHSM and OpenSC, by the program that the command-line scripts use."""

import os
import subprocess
import unittest
from pathlib import Path
from unittest import mock

from openssl import openssl

PIN = "1234"
_PROGRAM = Path(__file__).resolve().parent.parent / "cli" / "programs" / "soft_token"


def tokens_are_available() -> bool:
    return subprocess.run([_PROGRAM, "available"], capture_output=True, check=False).returncode == 0


def use_token(test: unittest.TestCase, folder: Path) -> "SoftToken":
    """A new token, which programs find until the test ends."""
    token = SoftToken(folder)
    environment = mock.patch.dict(os.environ, token.environment)
    environment.start()
    test.addCleanup(environment.stop)
    return token


class SoftToken:
    """A token called `release` below a folder; programs find it by SOFTHSM2_CONF."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self._run("new", "release", PIN)

    @property
    def environment(self) -> dict[str, str]:
        return {"SOFTHSM2_CONF": str(self.folder / "softhsm2.conf")}

    def generate(self, curve: str, name: str, number: int) -> Path:
        """Makes a key pair and returns the public key; `curve` is one of keys.CURVES."""
        names = {"P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1"}
        self._run("generate", "release", PIN, f"EC:{names[curve]}", name, f"{number:02x}")
        public = self.folder / f"{name}.pem"
        self._run("public", "release", name, public)
        return public

    def import_key(self, key: Path, name: str, number: int) -> None:
        pkcs8 = self.folder / f"{name}.p8"
        openssl("pkcs8", "-topk8", "-nocrypt", "-in", key, "-out", pkcs8)
        self._run("import", "release", PIN, pkcs8, name, f"{number:02x}")

    def uri(self, name: str, more_query: str) -> str:
        """Of a private key, for both programs: by the path of the module."""
        return f"pkcs11:token=release;object={name}?module-path={self.module()}&{more_query}"

    def module(self) -> str:
        result = subprocess.run(
            [_PROGRAM, "module"], cwd=self.folder, capture_output=True, text=True, check=True
        )
        return result.stdout.strip()

    def _run(self, *arguments: str | Path) -> None:
        subprocess.run(
            [_PROGRAM, *arguments],
            cwd=self.folder,
            env={**os.environ, **self.environment},
            check=True,
        )

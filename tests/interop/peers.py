"""The two programs that exchange signatures, and how each is called."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from credentials import Credentials

Argument = str | Path


@dataclass(frozen=True)
class Peer:
    """A program with the command surface of the reference, options spelled with underscores."""

    name: str
    command: tuple[str, ...]

    def run(
        self,
        *arguments: Argument,
        cwd: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.command, *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def sign(
        self,
        credentials: Credentials,
        model: Argument,
        signature: Argument,
        *options: Argument,
        cwd: Path | None = None,
    ) -> subprocess.CompletedProcess[str]:
        arguments = (*credentials.to_sign, "--signature", signature, *options)
        method = credentials.signing_method or credentials.method
        return self.run("sign", method, model, *arguments, cwd=cwd)

    def verify(
        self,
        credentials: Credentials,
        model: Argument,
        signature: Argument,
        *options: Argument,
        cwd: Path | None = None,
    ) -> subprocess.CompletedProcess[str]:
        arguments = (*credentials.to_verify, "--signature", signature, *options)
        return self.run("verify", credentials.method, model, *arguments, cwd=cwd)


HALLMARK = Peer("hallmark", (os.environ.get("HALLMARK", "hallmark"),))
# The command line of the reference, installed beside `hallmark`.
DROP_IN = Peer(
    "drop-in", (str(Path(os.environ.get("HALLMARK", "hallmark")).with_name("model_signing")),)
)
REFERENCE = Peer("reference", (sys.executable, "-B", "-m", "model_signing"))

"""The programs that are compared, and how each is called."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HALLMARK, REFERENCE, GO_CLIENT = "hallmark", "reference", "Go client"


@dataclass(frozen=True)
class Clients:
    """`key` is the private key; the public one stands beside it. No Go client is the usual case."""

    hallmark: Path
    reference: Path
    go_client: Path | None
    key: Path
    environment: Mapping[str, str]

    def sign(self, column: str, model: Path, signature: Path, *options: str) -> list[str]:
        program = {HALLMARK: self.hallmark, REFERENCE: self.reference}[column]
        return [
            *(str(program), "sign", "key", str(model)),
            *("--private_key", str(self.key), "--signature", str(signature), *options),
        ]

    def verify(self, column: str, model: Path, signature: Path, *options: str) -> list[str]:
        program = {HALLMARK: self.hallmark, REFERENCE: self.reference, GO_CLIENT: self.go_client}
        spelling = "--public-key" if column == GO_CLIENT else "--public_key"
        return [
            *(str(program[column]), "verify", "key", str(model)),
            *("--signature", str(signature), spelling, f"{self.key}.pub", *options),
        ]

    @property
    def columns(self) -> list[str]:
        return [HALLMARK, REFERENCE, *([GO_CLIENT] if self.go_client else [])]

    def run(self, command: list[str]) -> str:
        result = subprocess.run(
            command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return result.stdout


def find_clients(hallmark: Path, reference: Path, work: Path) -> Clients:
    """With a key of their own. What the caller set for Hallmark does not count, and its cache is
    none but the benchmark's."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HALLMARK_")}
    environment["XDG_CACHE_HOME"] = str(work / "cache")
    go_client = os.environ.get("HALLMARK_GO_CLIENT")
    found = Path(go_client) if go_client else None
    clients = Clients(hallmark, reference, found, work / "signer.key", environment)
    if not clients.key.is_file():
        clients.run([str(hallmark), "key", "generate", "--output", str(clients.key)])
    return clients

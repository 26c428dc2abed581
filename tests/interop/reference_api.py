"""The Python interface of the reference, for what its command line cannot do."""

from dataclasses import dataclass
from pathlib import Path

import model_signing
from model_signing.hashing import Config


def sign_with_passphrase(model: Path, signature: Path, key: Path, passphrase: str) -> None:
    """`password` is declared as text but must be bytes."""
    hashing = Config().set_ignored_paths(paths=[], ignore_git_paths=True)
    model_signing.signing.Config().use_elliptic_key_signer(
        private_key=key, password=passphrase.encode()
    ).set_hashing_config(hashing).sign(model, signature)


@dataclass(frozen=True)
class Hashing:
    """What both programs have to be told to hash in the same way; 0 bytes a shard: whole files."""

    algorithm: str = "sha256"
    shard_size: int = 0

    @property
    def options(self) -> tuple[str, ...]:
        """For our command line."""
        shards = ("--shard-size", str(self.shard_size)) if self.shard_size else ()
        return ("--hash-algorithm", self.algorithm, *shards)

    def config(self) -> Config:
        """For theirs, which calls BLAKE2b by another name than its statements do."""
        name = "blake2" if self.algorithm == "blake2b" else self.algorithm
        if self.shard_size:
            config = Config().use_shard_serialization(
                hashing_algorithm=name, shard_size=self.shard_size
            )
        else:
            config = Config().use_file_serialization(hashing_algorithm=name)
        return config.set_ignored_paths(paths=[], ignore_git_paths=True)


def sign(model: Path, signature: Path, key: Path, hashing: Hashing) -> None:
    model_signing.signing.Config().use_elliptic_key_signer(private_key=key).set_hashing_config(
        hashing.config()
    ).sign(model, signature)


def verify(model: Path, signature: Path, public_key: Path, hashing: Hashing) -> None:
    """Raises ValueError for a rejection."""
    model_signing.verifying.Config().use_elliptic_key_verifier(
        public_key=public_key
    ).set_hashing_config(hashing.config()).verify(model, signature)

"""The Python interface of the reference, for what its command line cannot do."""

from pathlib import Path

import model_signing


def sign_with_passphrase(model: Path, signature: Path, key: Path, passphrase: str) -> None:
    """`password` is declared as text but must be bytes."""
    hashing = model_signing.hashing.Config().set_ignored_paths(paths=[], ignore_git_paths=True)
    model_signing.signing.Config().use_elliptic_key_signer(
        private_key=key, password=passphrase.encode()
    ).set_hashing_config(hashing).sign(model, signature)

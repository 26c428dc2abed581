"""What a signer signs with and what a verifier needs for it, as options of both programs."""

from dataclasses import dataclass
from pathlib import Path

from certificates import Authority, Certificate
from keys import KeyPair


@dataclass(frozen=True)
class Credentials:
    """A method word with the options of `sign METHOD` and of `verify METHOD`.

    Where the key is on a token, signing has a method of its own.
    """

    method: str
    to_sign: tuple[str | Path, ...]
    to_verify: tuple[str | Path, ...]
    signing_method: str = ""


def key_credentials(pair: KeyPair) -> Credentials:
    return Credentials(
        "key", ("--private_key", pair.private), ("--public_key", pair.public)
    )


def certificate_credentials(
    leaf: Certificate, chain: list[Certificate], roots: list[Certificate]
) -> Credentials:
    """`chain` travels in the bundle, `roots` is what the verifier trusts."""
    to_sign = ["--private_key", leaf.key, "--signing_certificate", leaf.path]
    return Credentials(
        "certificate",
        (*to_sign, *_chain_options(chain)),
        _chain_options(roots),
    )


def token_key_credentials(uri: str, public_key: Path) -> Credentials:
    return Credentials(
        "key", ("--pkcs11_uri", uri), ("--public_key", public_key), signing_method="pkcs11-key"
    )


def token_certificate_credentials(
    uri: str, leaf: Certificate, chain: list[Certificate], roots: list[Certificate]
) -> Credentials:
    """The private key of `leaf` is the one that the URI names."""
    to_sign = ("--pkcs11_uri", uri, "--signing_certificate", leaf.path)
    return Credentials(
        "certificate",
        (*to_sign, *_chain_options(chain)),
        _chain_options(roots),
        signing_method="pkcs11-certificate",
    )


def usual_certificate_credentials(folder: Path) -> Credentials:
    """Root, intermediate and leaf; the intermediate travels in the bundle."""
    authority = Authority(folder)
    root = authority.issue("root")
    intermediate = authority.issue("intermediate", root)
    leaf = authority.issue("leaf", intermediate)
    return certificate_credentials(leaf, [intermediate], [root])


def _chain_options(certificates: list[Certificate]) -> tuple[str | Path, ...]:
    return tuple(
        option for one in certificates for option in ("--certificate_chain", one.path)
    )

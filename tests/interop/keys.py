"""Elliptic curve keys made with openssl, in the file forms that people have."""

from dataclasses import dataclass
from pathlib import Path

from openssl import openssl

CURVES = ("P-256", "P-384", "P-521")
PASSPHRASE = "correct horse"


@dataclass(frozen=True)
class KeyPair:
    """Two PEM files."""

    private: Path
    public: Path


def make_key(path: Path, curve: str = "P-256") -> Path:
    """PKCS #8, the form that openssl writes today."""
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", f"ec_paramgen_curve:{curve}", "-out", path)
    return path


def make_key_pair(folder: Path, curve: str = "P-256", name: str = "signer") -> KeyPair:
    private = make_key(folder / f"{name}.key", curve)
    public = folder / f"{name}.key.pub"
    openssl("pkey", "-in", private, "-pubout", "-out", public)
    return KeyPair(private, public)


def to_sec1(key: Path) -> Path:
    """`EC PRIVATE KEY`, alone in its file."""
    output = key.with_suffix(".sec1")
    openssl("ec", "-in", key, "-out", output)
    return output


def to_sec1_after_parameters(key: Path, curve: str) -> Path:
    """`EC PRIVATE KEY` behind an `EC PARAMETERS` block, as `openssl ecparam -genkey` writes."""
    names = {"P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1"}
    output = key.with_suffix(".parameters")
    openssl("ecparam", "-name", names[curve], "-out", output)
    output.write_bytes(output.read_bytes() + to_sec1(key).read_bytes())
    return output


def with_text_before(path: Path) -> Path:
    """The same PEM below lines for human readers, as `openssl ... -text` writes."""
    output = path.with_name(path.name + ".text")
    output.write_bytes(b"Private-Key: (256 bit)\npub:\n    04:7a:e0\n\n" + path.read_bytes())
    return output


def with_crlf(path: Path) -> Path:
    output = path.with_name(path.name + ".crlf")
    output.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    return output


def to_encrypted_pkcs8(key: Path) -> Path:
    output = key.with_suffix(".encrypted")
    openssl("pkcs8", "-topk8", "-in", key, "-passout", f"pass:{PASSPHRASE}", "-out", output)
    return output


def to_encrypted_sec1(key: Path) -> Path:
    """The old form with a `DEK-Info` header."""
    output = key.with_suffix(".encrypted-sec1")
    openssl("ec", "-in", key, "-aes256", "-passout", f"pass:{PASSPHRASE}", "-out", output)
    return output

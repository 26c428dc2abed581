"""Certificates made with `openssl ca`, which can set both ends of a validity."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from keys import make_key
from openssl import openssl

# A section for each kind of certificate.
CONFIGURATION = """
[ca]
default_ca = authority
[authority]
database = index.txt
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
[any]
commonName = supplied
[req]
distinguished_name = empty
[empty]

[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[intermediate]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[leaf]
keyUsage = critical, digitalSignature
extendedKeyUsage = codeSigning
subjectAltName = email:signer@example.com
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[leaf_without_extended_usage]
keyUsage = critical, digitalSignature
[leaf_for_tls_servers]
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
[leaf_for_key_agreement]
keyUsage = critical, keyAgreement
[leaf_for_key_agreement_and_code]
keyUsage = critical, keyAgreement
extendedKeyUsage = codeSigning
"""


@dataclass(frozen=True)
class Certificate:
    """A PEM certificate and its private key."""

    path: Path
    key: Path


@dataclass(frozen=True)
class Validity:
    """In days from now."""

    begins: int = -10
    ends: int = 10


class Authority:
    """Issues certificates into one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(exist_ok=True)
        (folder / "ca.cnf").write_text(CONFIGURATION)
        (folder / "index.txt").touch()

    def issue(
        self,
        profile: str,
        issuer: Certificate | None = None,
        *,
        curve: str = "P-256",
        validity: Validity = Validity(),
        name: str = "",
        key: Path | None = None,
    ) -> Certificate:
        """`profile` is a section of CONFIGURATION; without an issuer it signs itself."""
        name = name or profile
        number = len(list(self._folder.glob("*.csr")))
        request = self._folder / f"{number}.csr"
        certificate = Certificate(
            self._folder / f"{profile}-{number}.pem",
            key or make_key(self._folder / f"{profile}-{number}.key", curve),
        )
        self._run("req", "-new", "-key", certificate.key, "-subj", f"/CN={name}", "-out", request)
        self._run(
            *("ca", "-batch", "-notext", "-in", request, "-out", certificate.path),
            *("-extensions", profile),
            *("-startdate", _day(validity.begins), "-enddate", _day(validity.ends)),
            *_issuer_options(issuer, certificate),
        )
        return certificate

    def _run(self, command: str, *arguments: str | Path) -> None:
        openssl(command, "-config", "ca.cnf", *arguments, cwd=self._folder)


def make_rsa_key(path: Path, bits: int = 2048) -> Path:
    size = f"rsa_keygen_bits:{bits}"
    openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", size, "-out", path)
    return path


def _issuer_options(issuer: Certificate | None, subject: Certificate) -> tuple[str | Path, ...]:
    if issuer is None:
        return ("-selfsign", "-keyfile", subject.key)
    return ("-cert", issuer.path, "-keyfile", issuer.key)


def _day(days: int) -> str:
    return (datetime.now(timezone.utc) + timedelta(days=days)).strftime("%Y%m%d%H%M%SZ")

"""Writes OMS signatures in every form there ever was, on its own: nothing here is Hallmark's code.

Forms and their differences are those of the OMS specification v1.0, of the Python reference 0.2 to
1.1 and of the Go clients. Keys and signatures come from the openssl command.
"""

import base64
import hashlib
import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PAYLOAD_TYPE = "application/vnd.in-toto+json"
MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "https://model_signing/signature/v1.0"
LEGACY_PREDICATE_TYPE = "https://model_signing/Digests/v0.1"
CURVES = {
    "P-256": ("prime256v1", "sha256"),
    "P-384": ("secp384r1", "sha384"),
    "P-521": ("secp521r1", "sha512"),
}

Json = dict | list | str | int | float | bool | None


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def openssl(*arguments: str, given: bytes = b"") -> bytes:
    return subprocess.run(
        ["openssl", *arguments], input=given, check=True, capture_output=True
    ).stdout


def blake3(data: bytes) -> bytes:
    done = subprocess.run(["b3sum", "--no-names"], input=data, check=True, capture_output=True)
    return bytes.fromhex(done.stdout.decode())


HASHES: dict[str, Callable[[bytes], bytes]] = {
    "sha256": lambda data: hashlib.sha256(data).digest(),
    "blake2b": lambda data: hashlib.blake2b(data).digest(),
    "blake3": blake3,
}


@dataclass(frozen=True)
class Signer:
    """A key pair, perhaps with a certificate that signed itself."""

    directory: Path
    curve: str

    @property
    def private(self) -> str:
        return str(self.directory / f"{self.curve}.key")

    @property
    def public(self) -> str:
        return str(self.directory / f"{self.curve}.pub")

    @property
    def certificate(self) -> str:
        return str(self.directory / f"{self.curve}.pem")

    def create(self) -> "Signer":
        curve, _ = CURVES[self.curve]
        openssl("ecparam", "-name", curve, "-genkey", "-noout", "-out", self.private)
        openssl("ec", "-in", self.private, "-pubout", "-out", self.public)
        openssl(
            *(
                "req",
                "-x509",
                "-new",
                "-key",
                self.private,
                "-out",
                self.certificate,
                "-days",
                "30",
            ),
            *(
                "-subj",
                f"/CN=vector {self.curve}",
                "-addext",
                "keyUsage=critical,digitalSignature,keyCertSign",
            ),
            *(
                "-addext",
                "extendedKeyUsage=codeSigning",
                "-addext",
                "basicConstraints=critical,CA:TRUE",
            ),
        )
        return self

    def pem(self) -> bytes:
        """The public key as the reference prints it: what the hint is the hash of."""
        return openssl("pkey", "-pubin", "-in", self.public, "-pubout")

    def certificate_der(self) -> bytes:
        return openssl("x509", "-in", self.certificate, "-outform", "DER")

    def sign(self, message: bytes, digest: str = "") -> bytes:
        return openssl(
            "dgst", f"-{digest or CURVES[self.curve][1]}", "-sign", self.private, given=message
        )


def pae(payload: bytes) -> bytes:
    head = f"DSSEv1 {len(PAYLOAD_TYPE)} {PAYLOAD_TYPE} {len(payload)} "
    return head.encode() + payload


def legacy_pae(payload: bytes) -> bytes:
    """What 0.2 signed: another prefix, and the way in which Python prints bytes."""
    head = f"DSSEV1 {len(PAYLOAD_TYPE)} {PAYLOAD_TYPE} {len(payload)} "
    return (head + str(payload)).encode()


@dataclass
class Statement:
    """An OMS v1.0 statement; every part can be exchanged to make it wrong."""

    resources: list[dict[str, Json]]
    name: str = "model"
    serialization: dict[str, Json] = field(
        default_factory=lambda: {"method": "files", "hash_type": "sha256", "allow_symlinks": False}
    )
    root: str | None = None

    def root_digest(self) -> str:
        digests = (bytes.fromhex(str(resource["digest"])) for resource in self.resources)
        return self.root or hashlib.sha256(b"".join(digests)).hexdigest()

    def value(self) -> dict[str, Json]:
        return {
            "_type": STATEMENT_TYPE,
            "subject": [{"name": self.name, "digest": {"sha256": self.root_digest()}}],
            "predicateType": PREDICATE_TYPE,
            "predicate": {"serialization": self.serialization, "resources": self.resources},
        }


def as_reference(value: Json) -> bytes:
    """As protobuf prints it: two spaces, ASCII."""
    return json.dumps(value, indent=2, ensure_ascii=True).encode()


def as_go(value: Json) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def as_legacy(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode()


def resource(
    name: str, contents: bytes, algorithm: str = "sha256", label: str = ""
) -> dict[str, Json]:
    return {
        "name": name,
        "algorithm": label or algorithm,
        "digest": HASHES[algorithm](contents).hex(),
    }


def shards(
    name: str, contents: bytes, size: int, algorithm: str = "sha256", label: str = ""
) -> list[dict[str, Json]]:
    return [
        resource(
            f"{name}:{start}:{min(start + size, len(contents))}",
            contents[start : start + size],
            algorithm,
            label,
        )
        for start in range(0, len(contents), size)
    ]


def key_material(signer: Signer) -> dict[str, Json]:
    return {"publicKey": {"hint": hashlib.sha256(signer.pem()).hexdigest()}, "tlogEntries": []}


def old_key_material(signer: Signer) -> dict[str, Json]:
    """Of 0.3 to 1.0."""
    details = {"P-256": "256_SHA_256", "P-384": "384_SHA_384", "P-521": "521_SHA_512"}[signer.curve]
    return {"publicKey": {"rawBytes": b64(signer.pem()), "keyDetails": f"PKIX_ECDSA_P{details}"}}


def chain_material(signer: Signer) -> dict[str, Json]:
    certificate = {"rawBytes": b64(signer.certificate_der())}
    return {"x509CertificateChain": {"certificates": [certificate]}, "tlogEntries": []}


def single_certificate_material(signer: Signer) -> dict[str, Json]:
    """Of the Go client without a chain."""
    return {"certificate": {"rawBytes": b64(signer.certificate_der())}}


def bundle(
    payload: bytes,
    signatures: Sequence[bytes],
    material: dict[str, Json],
    *,
    keyid: Json = "",
    has_keyid: bool = True,
    payload_type: str = PAYLOAD_TYPE,
    media_type: str = MEDIA_TYPE,
) -> dict[str, Json]:
    listed: list[Json] = [
        {"sig": b64(signature), **({"keyid": keyid} if has_keyid else {})}
        for signature in signatures
    ]
    return {
        "mediaType": media_type,
        "verificationMaterial": material,
        "dsseEnvelope": {
            "payload": b64(payload),
            "payloadType": payload_type,
            "signatures": listed,
        },
    }


def text_of(value: Json, form: str) -> str:
    """The text of a bundle as the reference 1.1, the one before it, or a Go client writes it."""
    if form == "reference":
        return json.dumps(value, separators=(",", ":"))
    if form == "old reference":
        return json.dumps(value)
    return json.dumps(value, indent=2) + "\n"

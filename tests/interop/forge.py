"""Makes valid signatures of statements that no honest signer writes."""

import base64
import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bundles import read_bundle, read_statement

PAYLOAD_TYPE = b"application/vnd.in-toto+json"


def encode_for_signing(payload: bytes) -> bytes:
    """DSSE v1."""
    return b"DSSEv1 %d %s %d %s" % (len(PAYLOAD_TYPE), PAYLOAD_TYPE, len(payload), payload)


def encode_as_reference_0_2(payload: bytes) -> bytes:
    """Its own prefix, and the payload as Python writes bytes down."""
    return b"DSSEV1 %d %s %d %s" % (
        len(PAYLOAD_TYPE),
        PAYLOAD_TYPE,
        len(payload),
        repr(payload).encode(),
    )


def sign_again(
    signature: Path,
    key: Path,
    statement: dict[str, Any],
    encode: Callable[[bytes], bytes] = encode_for_signing,
) -> None:
    """Puts a statement into a bundle and signs it, on P-256 or RSA, with SHA-256."""
    bundle = read_bundle(signature)
    payload = json.dumps(statement).encode()
    done = subprocess.run(
        ["openssl", "dgst", "-sha256", "-sign", str(key)],
        input=encode(payload),
        capture_output=True,
        check=True,
    )
    envelope = bundle["dsseEnvelope"]
    envelope["payload"] = base64.b64encode(payload).decode()
    envelope["signatures"][0]["sig"] = base64.b64encode(done.stdout).decode()
    signature.write_text(json.dumps(bundle))


def change_resources(
    signature: Path, key: Path, change: Callable[[list[dict[str, Any]]], object]
) -> None:
    """Changes the list of files, and the root digest with it."""
    statement = read_statement(signature)
    resources = statement["predicate"]["resources"]
    change(resources)
    digests = b"".join(bytes.fromhex(resource["digest"]) for resource in resources)
    statement["subject"][0]["digest"]["sha256"] = hashlib.sha256(digests).hexdigest()
    sign_again(signature, key, statement)

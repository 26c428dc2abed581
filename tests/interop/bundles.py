"""Reads what stands in a signature file."""

import base64
import json
from pathlib import Path
from typing import Any


def read_bundle(signature: Path) -> dict[str, Any]:
    return json.loads(signature.read_bytes())


def read_statement(signature: Path) -> dict[str, Any]:
    return json.loads(base64.b64decode(read_bundle(signature)["dsseEnvelope"]["payload"]))


def signed_names(signature: Path) -> list[str]:
    """In the order of the statement."""
    return [resource["name"] for resource in read_statement(signature)["predicate"]["resources"]]


def root_digest(signature: Path) -> str:
    return read_statement(signature)["subject"][0]["digest"]["sha256"]


def key_hint(signature: Path) -> str:
    return read_bundle(signature)["verificationMaterial"]["publicKey"]["hint"]


def member_order(value: Any) -> Any:
    """The member names of all objects, in their order, without the values."""
    if isinstance(value, dict):
        return [(name, member_order(member)) for name, member in value.items()]
    if isinstance(value, list):
        return [member_order(element) for element in value]
    return None


def meaning(statement: dict[str, Any]) -> dict[str, Any]:
    """The statement without the orders that carry no meaning."""
    predicate = statement["predicate"]
    serialization = dict(predicate["serialization"])
    serialization["ignore_paths"] = sorted(serialization.get("ignore_paths", []))
    resources = sorted(predicate["resources"], key=lambda resource: resource["name"])
    return {
        **statement,
        "predicate": {**predicate, "serialization": serialization, "resources": resources},
    }


def replace_payload(signature: Path, old: bytes, new: bytes) -> None:
    """Changes the signed statement and leaves the signature as it is."""
    bundle = read_bundle(signature)
    payload = base64.b64decode(bundle["dsseEnvelope"]["payload"])
    if old not in payload:
        raise ValueError(f"{old!r} does not stand in the payload")
    changed = base64.b64encode(payload.replace(old, new)).decode()
    bundle["dsseEnvelope"]["payload"] = changed
    signature.write_text(json.dumps(bundle))

"""The OMS cases that can run offline, by the names the conformance test writes."""

import json
from pathlib import Path
from typing import Any

BUNDLE_SUFFIX = ".bundle.json"


def expected_cases(conformance: Path) -> set[str]:
    """`group/case` of every case below oms/; raises OSError or ValueError on unreadable data."""
    return _verify_cases(conformance / "oms" / "verify") | _vector_cases(
        conformance / "oms" / "spec-vectors"
    )


def without_suffix(case: str) -> str:
    return case.removesuffix(BUNDLE_SUFFIX)


def _verify_cases(folder: Path) -> set[str]:
    return {
        f"{case.parent.name}/{case.name}"
        for case in folder.glob("*/*")
        if case.is_dir() and not _needs_sigstore(json.loads((case / "config.json").read_text()))
    }


def _needs_sigstore(config: dict[str, Any]) -> bool:
    return config.get("method") == "sigstore" or config.get("requires_ci") is True


def _vector_cases(folder: Path) -> set[str]:
    return {
        f"{vector.parent.name}/{without_suffix(vector.name)}"
        for vector in folder.glob("*/*")
        if not (vector.parent.name == "valid" and _is_keyless(vector))
    }


def _is_keyless(vector: Path) -> bool:
    if "sigstore" in vector.name:
        return True
    material = json.loads(vector.read_text())["verificationMaterial"]
    return "certificate" in material and bool(material.get("tlogEntries"))

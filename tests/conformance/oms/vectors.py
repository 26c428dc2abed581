"""The spec vectors: bundles that are well-formed or not."""

from __future__ import annotations

from pathlib import Path

from .case import Outcome, Programs

SUFFIX = ".bundle.json"
# Breaks a rule of the Sigstore method, so it is well-formed for others; it verifies for none.
SIGSTORE_RULE = "missing-tlog-entries"


def run_vectors(oms: Path, programs: Programs, outcome: Outcome) -> None:
    for vector in sorted(oms.glob(f"spec-vectors/*/*{SUFFIX}")):
        group, name = vector.parent.name, vector.name[: -len(SUFFIX)]
        if group == "valid" and name == "sigstore":
            outcome.skipped += 1
            continue
        with outcome.case(f"{group}/{name}"):
            if group == "valid":
                programs.inspect(vector)
                _verify(oms, vector, name, True, programs)
            else:
                if name != SIGSTORE_RULE:
                    programs.inspect(vector, code=1)
                _verify(oms, vector, "key", False, programs)
                _verify(oms, vector, "certificate", False, programs)


def _verify(oms: Path, vector: Path, method: str, accepted: bool, programs: Programs) -> None:
    keys = oms / "assets" / "keys" / "certificate"
    trusted = {
        "key": ["--public-key", keys / "signing-key-pub.pem"],
        "certificate": ["--cert-chain", keys / "ca-cert.pem"],
    }
    model = oms / "assets" / "models" / "simple"
    programs.call_adapter(
        accepted,
        "verify-model",
        *("--method", method, "--model-path", model, "--bundle", vector),
        *("--ignore-paths", model / "ignore-me", *trusted[method]),
    )

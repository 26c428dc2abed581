"""The verify cases: a committed bundle and a model, with their own config.json."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from .case import Outcome, Programs, expect_names


def run_verify_cases(oms: Path, programs: Programs, outcome: Outcome) -> None:
    for config_file in sorted(oms.glob("verify/*/*/config.json")):
        folder = config_file.parent
        config = json.loads(config_file.read_text())
        if config["method"] == "sigstore" or config.get("requires_ci"):
            outcome.skipped += 1
            continue
        with outcome.case(f"{folder.parent.name}/{folder.name}"):
            _run_case(oms / "assets", folder, config, programs)


def _run_case(assets: Path, folder: Path, config: dict[str, Any], programs: Programs) -> None:
    accepted = config.get("expect") != "fail"
    base = folder if config.get("model_relative_to") == "test_dir" else assets
    bundle = folder / "bundle.sig"
    with tempfile.TemporaryDirectory() as scratch:
        model = copy_model(base / config["model"], Path(scratch))
        _modify(model, config.get("model_modifications", {}))
        programs.call_adapter(
            accepted,
            "verify-model",
            *("--method", config["method"], "--model-path", model, "--bundle", bundle),
            *_flags(config["verify"], assets, model),
        )
    if accepted and "expected_signed_files" in config:
        expect_names(programs.signed_names(bundle), sorted(config["expected_signed_files"]))


def copy_model(source: Path, scratch: Path) -> Path:
    """A copy as the suite makes it: a directory is called `model`, a file keeps its name."""
    if source.is_dir():
        return Path(shutil.copytree(source, scratch / "model"))
    return Path(shutil.copy(source, scratch / source.name))


def _modify(model: Path, changes: dict[str, Any]) -> None:
    for name in changes.get("delete", []):
        (model / name).unlink()
    for name, text in {**changes.get("tamper", {}), **changes.get("inject", {})}.items():
        (model / name).write_text(text)


def _flags(verify: dict[str, Any], assets: Path, model: Path) -> list[object]:
    flags: list[object] = []
    if "public_key" in verify:
        flags += ["--public-key", assets / verify["public_key"]]
    for chain in verify.get("cert_chain", []):
        flags += ["--cert-chain", assets / chain]
    for path in verify.get("ignore_paths", []):
        flags += ["--ignore-paths", model / path]
    if verify.get("ignore_unsigned_files"):
        flags.append("--ignore-unsigned-files")
    return flags

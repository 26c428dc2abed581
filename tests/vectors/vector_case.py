"""What every test of signed vectors needs: keys, a model on disk, and hallmark's verdict."""

import atexit
import functools
import json
import os
import subprocess
import tempfile
import unittest
from collections.abc import Mapping, Sequence
from pathlib import Path

import oms_writer
from oms_writer import Json, Signer, Statement, resource

HALLMARK = os.environ["HALLMARK"]
FILES = {"config.json": b"{}", "weights/a.bin": b"a" * 5000, "weights-index": b"index"}


@functools.cache
def keys() -> Mapping[str, Signer]:
    """Made once, for all tests."""
    directory = tempfile.TemporaryDirectory()
    atexit.register(directory.cleanup)
    return {curve: Signer(Path(directory.name), curve).create() for curve in oms_writer.CURVES}


class VectorCase(unittest.TestCase):
    """A model "model" in a folder of its own, and a way to sign and to judge it."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.work = Path(folder.name)
        self.model = self.work / "model"
        self.model.mkdir()
        self.signer = keys()["P-256"]

    def write(self, files: Mapping[str, bytes]) -> None:
        for name, contents in files.items():
            path = self.model / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(contents)

    def statement(self, files: Mapping[str, bytes] = FILES, **parts: Json) -> Statement:
        """A good one about `files`, sorted as OMS v1.0 sorts them."""
        listed = [resource(name, files[name]) for name in sorted(files)]
        return Statement(**({"resources": listed} | parts))  # type: ignore[arg-type]

    def key_bundle(self, payload: bytes, **parts: Json) -> dict[str, Json]:
        signature = self.signer.sign(oms_writer.pae(payload))
        return oms_writer.bundle(
            payload, [signature], oms_writer.key_material(self.signer), **parts
        )

    def signed(self, statement: Statement) -> dict[str, Json]:
        return self.key_bundle(oms_writer.as_reference(statement.value()))

    def verify(
        self, bundle: Json, *options: str, form: str = "reference", model: str = "model"
    ) -> dict:
        signature = self.work / "model.sig"
        signature.write_text(oms_writer.text_of(bundle, form))
        trust: Sequence[str] = ("key", "--public-key", self.signer.public)
        if options[:1] == ("certificate",):
            trust = ("certificate", "--certificate-chain", self.signer.certificate)
            options = options[1:]
        done = subprocess.run(
            [
                HALLMARK,
                "verify",
                *trust,
                str(self.work / model),
                "--signature",
                str(signature),
                "--json",
                *options,
            ],
            capture_output=True,
            check=False,
        )
        report = json.loads(done.stdout)
        expected = {"verified": 0, "rejected": 1, None: 2, "undecided": 3}[report["verdict"]]
        self.assertEqual(done.returncode, expected)
        return report

    def assert_verified(
        self, bundle: Json, *options: str, form: str = "reference", model: str = "model"
    ) -> dict:
        report = self.verify(bundle, *options, form=form, model=model)
        self.assertEqual(
            (report["verdict"], report["message"]), ("verified", "the model is what was signed")
        )
        return report

    def assert_rejected(
        self, reason: str, bundle: Json, *options: str, model: str = "model"
    ) -> dict:
        report = self.verify(bundle, *options, model=model)
        self.assertEqual(
            (report["verdict"], report["reason"]), ("rejected", reason), report["message"]
        )
        return report

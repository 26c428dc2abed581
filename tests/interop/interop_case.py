"""What the tests share: a folder of their own, models in it, and what is asserted of both."""

import tempfile
import unittest
from dataclasses import dataclass
from pathlib import Path

import models
from bundles import signed_names
from credentials import Credentials, key_credentials, usual_certificate_credentials
from keys import make_key_pair
from peers import HALLMARK, REFERENCE, Argument, Peer


@dataclass(frozen=True)
class Rejection:
    """How each program names one fault: our reason code, a part of the reference's message."""

    ours: str
    theirs: str


CHANGED = Rejection("model_differs", "Hash mismatch for ")
EXTRA = Rejection("model_differs", "Extra files found")
MISSING = Rejection("model_differs", "Missing files in model")


class InteropCase(unittest.TestCase):
    """Paths given to the programs may be relative to `folder`, their current directory."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="hallmark-interop-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()
        self.signature = self.folder / "model.sig"
        self.key = key_credentials(make_key_pair(self.folder))

    def certificate(self) -> Credentials:
        return usual_certificate_credentials(self.folder / "authority")

    def write_model(self, shape: models.Shape) -> Path:
        return models.write_model(self.folder / "model", shape)

    def sign(
        self,
        peer: Peer,
        model: Argument,
        *options: Argument,
        credentials: Credentials | None = None,
        signature: Path | None = None,
        cwd: Path | None = None,
    ) -> Path:
        """Signs, which must succeed, and returns the path of the signature."""
        signature = signature or self.signature
        result = peer.sign(
            credentials or self.key, model, signature, *options, cwd=cwd or self.folder
        )
        self.assertEqual(result.returncode, 0, f"{peer.name} does not sign: {result.stderr}")
        self.assertTrue(signature.is_file())
        return signature

    def assert_refuses_to_sign(
        self,
        peer: Peer,
        message: str,
        model: Argument,
        *options: Argument,
        credentials: Credentials | None = None,
        status: int = 1,
    ) -> None:
        signature = self.folder / "refused.sig"
        result = peer.sign(credentials or self.key, model, signature, *options, cwd=self.folder)
        self.assertEqual(result.returncode, status, f"{peer.name}: {result.stdout}{result.stderr}")
        self.assertIn(message, result.stderr)
        self.assertFalse(signature.exists())

    def assert_accepts(
        self,
        peer: Peer,
        model: Argument,
        *options: Argument,
        credentials: Credentials | None = None,
        signature: Path | None = None,
        cwd: Path | None = None,
    ) -> None:
        result = peer.verify(
            credentials or self.key,
            model,
            signature or self.signature,
            *options,
            cwd=cwd or self.folder,
        )
        self.assertEqual(result.returncode, 0, f"{peer.name} rejects: {result.stderr}")
        said = "verified " if peer is HALLMARK else "Verification succeeded"
        self.assertIn(said, result.stdout)

    def assert_rejects(
        self,
        peer: Peer,
        rejection: Rejection,
        model: Argument,
        *options: Argument,
        credentials: Credentials | None = None,
    ) -> None:
        """A rejection, not an error of another kind, and for the expected reason."""
        result = peer.verify(
            credentials or self.key, model, self.signature, *options, cwd=self.folder
        )
        self.assertEqual(result.returncode, 1, f"{peer.name}: {result.stdout}{result.stderr}")
        expected = f"[{rejection.ours}]" if peer is HALLMARK else rejection.theirs
        self.assertIn(expected, result.stderr)

    def assert_both_accept(self, model: Argument, *options: Argument) -> None:
        self.assert_accepts(HALLMARK, model, *options)
        self.assert_accepts(REFERENCE, model, *options)

    def assert_both_reject(
        self,
        rejection: Rejection,
        model: Argument,
        *options: Argument,
        credentials: Credentials | None = None,
    ) -> None:
        for peer in (HALLMARK, REFERENCE):
            self.assert_rejects(peer, rejection, model, *options, credentials=credentials)

    def assert_signed(self, *names: str) -> None:
        """The signature names exactly these files, in any order."""
        self.assertEqual(sorted(signed_names(self.signature)), sorted(names))

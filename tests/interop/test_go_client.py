"""The Go client, where HALLMARK_GO_CLIENT names its executable: it is no module to be installed."""

import os
import unittest
from pathlib import Path

import models
from bundles import signed_names
from credentials import Credentials, key_credentials, usual_certificate_credentials
from interop_case import InteropCase
from keys import make_key_pair
from peers import HALLMARK, Argument, Peer

EXECUTABLE = os.environ.get("HALLMARK_GO_CLIENT")
GO_CLIENT = Peer("Go client", (EXECUTABLE or "none",))


def with_hyphens(credentials: Credentials) -> Credentials:
    """The spelling of options that the Go client knows."""

    def spell(options: tuple[str | Path, ...]) -> tuple[str | Path, ...]:
        return tuple(
            o.replace("_", "-") if isinstance(o, str) and o.startswith("--") else o
            for o in options
        )

    return Credentials(
        credentials.method, spell(credentials.to_sign), spell(credentials.to_verify)
    )


@unittest.skipUnless(EXECUTABLE, "HALLMARK_GO_CLIENT names no executable of the Go client")
class GoClient(InteropCase):
    """Both directions; the names that are signed come in the same order from both."""

    def setUp(self) -> None:
        super().setUp()
        self.key = with_hyphens(key_credentials(make_key_pair(self.folder)))

    def assert_exit_status(self, peer: Peer, status: int, model: Argument) -> None:
        result = peer.verify(self.key, model, self.signature, cwd=self.folder)
        self.assertEqual(result.returncode, status, f"{peer.name}: {result.stdout}{result.stderr}")

    def assert_agreed(self, shape: models.Shape) -> None:
        model = self.write_model(shape)
        names = {}
        for signer in (HALLMARK, GO_CLIENT):
            self.sign(signer, model)
            names[signer.name] = signed_names(self.signature)
            for verifier in (HALLMARK, GO_CLIENT):
                with self.subTest(signer=signer.name, verifier=verifier.name):
                    self.assert_exit_status(verifier, 0, model)
        self.assertEqual(names[HALLMARK.name], names[GO_CLIENT.name])

    def test_a_flat_model(self) -> None:
        self.assert_agreed(models.FLAT)

    def test_a_nested_model(self) -> None:
        self.assert_agreed(models.NESTED)

    def test_names_whose_orders_differ(self) -> None:
        self.assert_agreed(models.ORDERS_DIFFER)

    def test_a_single_file(self) -> None:
        model = self.folder / "weights.bin"
        model.write_bytes(b"weights")
        for signer in (HALLMARK, GO_CLIENT):
            self.sign(signer, model)
            for verifier in (HALLMARK, GO_CLIENT):
                with self.subTest(signer=signer.name, verifier=verifier.name):
                    self.assert_exit_status(verifier, 0, model)

    def test_a_certificate(self) -> None:
        self.key = with_hyphens(usual_certificate_credentials(self.folder / "authority"))
        self.assert_agreed(models.FLAT)

    def test_a_changed_file(self) -> None:
        model = self.write_model(models.FLAT)
        for signer in (HALLMARK, GO_CLIENT):
            models.write_model(model, models.FLAT)
            self.sign(signer, model)
            (model / "config.json").write_bytes(b"{}")
            for verifier in (HALLMARK, GO_CLIENT):
                with self.subTest(signer=signer.name, verifier=verifier.name):
                    self.assert_exit_status(verifier, 1, model)

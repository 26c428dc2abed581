"""Whose certificates `model_signing` trusts, ours and theirs, and how it logs them."""

import os

import models
from drop_in_case import DropInCase
from peers import DROP_IN, REFERENCE


class Fingerprints(DropInCase):
    def setUp(self) -> None:
        super().setUp()
        self.write_model(models.FLAT)
        self.credentials = self.certificate()
        self.sign(REFERENCE, "model", credentials=self.credentials)
        self.verify = ("verify", "certificate", "model", "--signature", "model.sig")

    def test_same_lines(self) -> None:
        options = (*self.credentials.to_verify, "--log_fingerprints")
        theirs, ours = self.run_both(*self.verify, *options)
        self.assertIn("[  init  ] sha256 Fingerprint: ", theirs.stderr)
        self.assertEqual(ours.stderr, theirs.stderr)

    def test_none_above_their_level(self) -> None:
        options = (*self.credentials.to_verify, "--log_fingerprints")
        for result in self.run_both("--log-level", "warning", *self.verify, *options):
            self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_without_a_chain_a_private_root_is_not_trusted(self) -> None:
        self.assert_same(*self.verify, status=1)

    def test_roots_of_the_machine_are_ours_and_a_package_is_theirs(self) -> None:
        root = str(self.credentials.to_verify[-1])
        environment = {"SSL_CERT_FILE": os.path.join(self.folder, root)}
        theirs = REFERENCE.run(*self.verify, cwd=self.folder, environment=environment)
        ours = DROP_IN.run(*self.verify, cwd=self.folder, environment=environment)
        self.assertEqual((theirs.returncode, ours.returncode), (1, 0))
        self.assertIn("any owner of a public certificate", ours.stderr)

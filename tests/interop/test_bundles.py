"""What both write for the same model and key, compared after parsing."""

from pathlib import Path

import models
from bundles import key_hint, meaning, member_order, read_bundle, read_statement
from credentials import Credentials, certificate_credentials, key_credentials
from certificates import Authority
from interop_case import InteropCase
from keys import CURVES, make_key_pair
from peers import HALLMARK, REFERENCE, Argument


class Bundles(InteropCase):
    """Ours beside theirs."""

    def sign_with_both(
        self,
        model: Path,
        *options: Argument,
        credentials: Credentials | None = None,
    ) -> tuple[Path, Path]:
        ours, theirs = self.folder / "ours.sig", self.folder / "theirs.sig"
        for peer, signature in ((HALLMARK, ours), (REFERENCE, theirs)):
            self.sign(peer, model, *options, credentials=credentials, signature=signature)
        return ours, theirs

    def assert_same_meaning(self, ours: Path, theirs: Path) -> None:
        self.assertEqual(meaning(read_statement(ours)), meaning(read_statement(theirs)))

    def assert_same_form(self, ours: Path, theirs: Path) -> None:
        our_bundle, their_bundle = read_bundle(ours), read_bundle(theirs)
        self.assertEqual(member_order(our_bundle), member_order(their_bundle))
        self.assertEqual(our_bundle["mediaType"], their_bundle["mediaType"])
        self.assertEqual(
            our_bundle["verificationMaterial"], their_bundle["verificationMaterial"]
        )
        self.assertEqual(
            our_bundle["dsseEnvelope"]["payloadType"], their_bundle["dsseEnvelope"]["payloadType"]
        )

    def test_hint_of_every_curve(self) -> None:
        model = self.write_model(models.FLAT)
        hints = set()
        for curve in CURVES:
            with self.subTest(curve=curve):
                key = key_credentials(make_key_pair(self.folder, curve, name=curve))
                ours, theirs = self.sign_with_both(model, credentials=key)
                self.assertEqual(key_hint(ours), key_hint(theirs))
                hints.add(key_hint(ours))
        self.assertEqual(len(hints), len(CURVES))

    def test_form_with_a_key(self) -> None:
        self.assert_same_form(*self.sign_with_both(self.write_model(models.FLAT)))

    def test_form_with_certificates(self) -> None:
        model = self.write_model(models.FLAT)
        self.assert_same_form(*self.sign_with_both(model, credentials=self.certificate()))

    def test_form_with_a_chain_up_to_the_root(self) -> None:
        model = self.write_model(models.FLAT)
        authority = Authority(self.folder / "authority")
        root = authority.issue("root")
        intermediate = authority.issue("intermediate", root)
        leaf = authority.issue("leaf", intermediate)
        credentials = certificate_credentials(leaf, [intermediate, root], [root])
        ours, theirs = self.sign_with_both(model, credentials=credentials)
        self.assert_same_form(ours, theirs)
        chain = read_bundle(ours)["verificationMaterial"]["x509CertificateChain"]
        self.assertEqual(len(chain["certificates"]), 3)

    def test_statement(self) -> None:
        self.assert_same_meaning(*self.sign_with_both(self.write_model(models.NESTED)))

    def test_statement_with_git_names_signed(self) -> None:
        model = self.write_model({**models.FLAT, **models.GIT_FILES})
        signatures = self.sign_with_both(model, "--no-ignore-git-paths")
        self.assert_same_meaning(*signatures)

    def test_statement_with_ignored_paths(self) -> None:
        model = self.write_model({**models.FLAT, "logs/1": b"1", "a/b": b"2"})
        options = ("--ignore-paths", "model/logs", "--ignore-paths", "model/a/b")
        ours, theirs = self.sign_with_both(model, *options)
        self.assert_same_meaning(ours, theirs)
        self.assertIn("a/b", read_statement(ours)["predicate"]["serialization"]["ignore_paths"])

    def test_statement_with_links_allowed(self) -> None:
        model = self.write_model(models.FLAT)
        (model / "link").symlink_to("config.json")
        self.assert_same_meaning(*self.sign_with_both(model, "--allow_symlinks"))

    def test_statement_of_odd_names(self) -> None:
        names = {name: content for name, content in models.ODD_NAMES.items() if "/" not in name}
        self.assert_same_meaning(*self.sign_with_both(self.write_model(names)))

    def test_statement_with_the_signature_inside(self) -> None:
        statements = []
        model = self.write_model(models.FLAT)
        for peer in (HALLMARK, REFERENCE):
            signature = self.sign(peer, model, signature=model / "model.sig")
            statements.append(meaning(read_statement(signature)))
        self.assertEqual(*statements)

    def test_statement_of_a_single_file(self) -> None:
        model = self.folder / "weights.bin"
        model.write_bytes(b"weights")
        ours = self.sign(HALLMARK, model, "--compat", "reference", signature=self.folder / "1.sig")
        theirs = self.sign(REFERENCE, model, signature=self.folder / "2.sig")
        self.assert_same_meaning(ours, theirs)

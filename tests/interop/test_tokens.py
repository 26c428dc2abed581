"""Keys on a PKCS #11 token: both programs sign with the same one, and verify each other."""

import unittest

import models
from certificates import Authority
from credentials import (
    Credentials,
    key_credentials,
    token_certificate_credentials,
    token_key_credentials,
)
from interop_case import InteropCase
from keys import CURVES, make_key_pair
from peers import HALLMARK, REFERENCE, Peer
from tokens import PIN, tokens_are_available, use_token


@unittest.skipUnless(tokens_are_available(), "no SoftHSM (softhsm2) or pkcs11-tool (opensc)")
class Tokens(InteropCase):
    def setUp(self) -> None:
        super().setUp()
        self.token = use_token(self, self.folder / "token")
        self.model = self.write_model(models.FLAT)

    def exchange(self, signer: Peer, verifier: Peer, credentials: Credentials) -> None:
        self.sign(signer, self.model, credentials=credentials)
        self.assert_accepts(verifier, self.model, credentials=credentials)

    def test_keys_of_every_curve(self) -> None:
        for number, curve in enumerate(CURVES, start=1):
            public = self.token.generate(curve, curve, number)
            credentials = token_key_credentials(
                self.token.uri(curve, f"pin-value={PIN}"), public
            )
            for signer, verifier in ((HALLMARK, REFERENCE), (REFERENCE, HALLMARK)):
                with self.subTest(curve=curve, signer=signer.name):
                    self.exchange(signer, verifier, credentials)

    def test_pin_from_a_file(self) -> None:
        """The reference takes a line end for a part of the PIN, so there is none."""
        pin = self.folder / "pin"
        pin.write_text(PIN)
        public = self.token.generate("P-256", "signer", 1)
        uri = self.token.uri("signer", f"pin-source=file:{pin}")
        credentials = token_key_credentials(uri, public)
        self.exchange(HALLMARK, REFERENCE, credentials)
        self.exchange(REFERENCE, HALLMARK, credentials)

    def test_certified_keys_work_for_us_but_reference_1_1_1_cannot_write_the_bundle(self) -> None:
        authority = Authority(self.folder / "authority")
        root = authority.issue("root")
        intermediate = authority.issue("intermediate", root)
        leaf = authority.issue("leaf", intermediate)
        self.token.import_key(leaf.key, "leaf", 1)
        credentials = token_certificate_credentials(
            self.token.uri("leaf", f"pin-value={PIN}"), leaf, [intermediate], [root]
        )
        for verifier in (HALLMARK, REFERENCE):
            self.exchange(HALLMARK, verifier, credentials)
        # Which of the faults in what it made is told depends on the certificates' bytes.
        self.assert_refuses_to_sign(
            REFERENCE, "validation error", self.model, credentials=credentials
        )

    def test_certificate_of_another_key_is_refused_by_both(self) -> None:
        authority = Authority(self.folder / "authority")
        root = authority.issue("root")
        leaf, other = authority.issue("leaf", root), authority.issue("leaf", root)
        self.token.import_key(other.key, "other", 1)
        credentials = token_certificate_credentials(
            self.token.uri("other", f"pin-value={PIN}"), leaf, [root], [root]
        )
        self.assert_refuses_to_sign(
            HALLMARK, "[certificate_key_mismatch]", self.model, credentials=credentials
        )
        self.assert_refuses_to_sign(
            REFERENCE, "does not match", self.model, credentials=credentials
        )

    def test_a_signature_of_a_token_is_that_of_the_same_key_in_a_file(self) -> None:
        pair = make_key_pair(self.folder, "P-384", name="same")
        self.token.import_key(pair.private, "same", 1)
        credentials = token_key_credentials(
            self.token.uri("same", f"pin-value={PIN}"), pair.public
        )
        self.sign(HALLMARK, self.model, credentials=credentials)
        for verifier in (HALLMARK, REFERENCE):
            self.assert_accepts(verifier, self.model, credentials=key_credentials(pair))

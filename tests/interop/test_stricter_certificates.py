"""Certificates that the reference 1.1.1 lets pass and Hallmark refuses, saying so."""

import models
from certificates import Authority, Certificate, Validity, make_rsa_key
from credentials import certificate_credentials
from peers import DROP_IN, REFERENCE
from strictness_case import StrictnessCase


class Certificates(StrictnessCase):
    def setUp(self) -> None:
        super().setUp()
        self.model = self.write_model(models.FLAT)
        self.authority = Authority(self.folder / "authority")
        self.root = self.authority.issue("root")

    def assert_leaf_is_refused(self, code: str, leaf: Certificate, root: Certificate) -> None:
        """By the verifier, and where it is the leaf's fault by the signer."""
        credentials = certificate_credentials(leaf, [root], [root])
        if root is self.root:
            self.assert_only_reference_signs(code, self.model, credentials=credentials)
        else:
            self.sign(REFERENCE, self.model, credentials=credentials)
        self.assert_only_reference_verifies(code, self.model, credentials=credentials)

    def test_expired(self) -> None:
        leaf = self.authority.issue("leaf", self.root, validity=Validity(begins=-5, ends=-1))
        self.assert_leaf_is_refused("certificate_expired", leaf, self.root)

    def test_not_yet_valid(self) -> None:
        leaf = self.authority.issue("leaf", self.root, validity=Validity(begins=1, ends=5))
        self.assert_leaf_is_refused("certificate_not_yet_valid", leaf, self.root)

    def test_for_tls_servers(self) -> None:
        leaf = self.authority.issue("leaf_for_tls_servers", self.root)
        self.assert_leaf_is_refused("certificate_extended_key_usage", leaf, self.root)

    def test_without_digital_signature(self) -> None:
        leaf = self.authority.issue("leaf_for_key_agreement_and_code", self.root)
        self.assert_leaf_is_refused("certificate_key_usage", leaf, self.root)

    def test_weak_authority(self) -> None:
        key = make_rsa_key(self.folder / "rsa.key", bits=1024)
        root = self.authority.issue("root", name="weak root", key=key)
        leaf = self.authority.issue("leaf", root)
        self.assert_leaf_is_refused("certificate_weak", leaf, root)

    def test_for_key_agreement_alone_is_signed_with_and_refused_by_both(self) -> None:
        leaf = self.authority.issue("leaf_for_key_agreement", self.root)
        credentials = certificate_credentials(leaf, [self.root], [self.root])
        self.assert_only_reference_signs(
            "certificate_key_usage", self.model, credentials=credentials
        )
        for peer in (REFERENCE, DROP_IN):
            result = peer.verify(credentials, self.model, self.signature)
            self.assertEqual(result.returncode, 1, result.stdout)

    def test_very_many_certificates(self) -> None:
        leaf = self.authority.issue("leaf", self.root)
        credentials = certificate_credentials(leaf, [self.root] * 33, [self.root])
        self.sign(REFERENCE, self.model, credentials=credentials)
        self.assert_only_reference_verifies(
            "certificate_count", self.model, credentials=credentials
        )

    def test_expired_intermediate(self) -> None:
        intermediate = self.authority.issue(
            "intermediate", self.root, validity=Validity(begins=-9, ends=-1)
        )
        leaf = self.authority.issue("leaf", intermediate, validity=Validity(begins=-5))
        credentials = certificate_credentials(leaf, [intermediate], [self.root])
        self.sign(REFERENCE, self.model, credentials=credentials)
        self.assert_only_reference_verifies(
            "certificate_expired", self.model, credentials=credentials
        )

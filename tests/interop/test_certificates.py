"""Certificate chains, made with openssl, from one program to the other."""

from pathlib import Path

import models
from bundles import read_bundle
from certificates import Authority, Certificate, Validity, make_rsa_key
from credentials import Credentials, certificate_credentials, key_credentials
from interop_case import CHANGED, InteropCase, Rejection
from keys import CURVES, make_key_pair
from peers import HALLMARK, REFERENCE, Peer

UNTRUSTED = Rejection("certificate_untrusted", "unable to get")
UNUSABLE = Rejection("certificate_key_usage", "cannot be used for signing")
OTHER_METHOD = Rejection("material_mismatch", "Verification failed with error")


class CertificateCase(InteropCase):
    """A model and an authority."""

    def setUp(self) -> None:
        super().setUp()
        self.authority = Authority(self.folder / "authority")
        self.root = self.authority.issue("root")
        self.intermediate = self.authority.issue("intermediate", self.root)
        self.model = self.write_model(models.FLAT)

    def leaf(self, profile: str = "leaf", **options: object) -> Certificate:
        return self.authority.issue(profile, self.intermediate, **options)

    def usual(self, leaf: Certificate) -> Credentials:
        return certificate_credentials(leaf, [self.intermediate], [self.root])


class Certificates:
    """The same tests for both directions."""

    signer: Peer
    verifier: Peer

    def no_chain(self, leaf: Certificate) -> list[Certificate]:
        """The reference cannot sign without a chain; the leaf once more adds nothing."""
        return [leaf] if self.signer is REFERENCE else []

    def exchange(self, credentials: Credentials) -> None:
        self.sign(self.signer, self.model, credentials=credentials)
        self.assert_accepts(self.verifier, self.model, credentials=credentials)

    def test_every_curve(self) -> None:
        for curve in CURVES:
            with self.subTest(curve=curve):
                self.exchange(self.usual(self.leaf(curve=curve)))

    def test_rsa_authority(self) -> None:
        key = make_rsa_key(self.folder / "rsa.key")
        root = self.authority.issue("root", name="RSA root", key=key)
        leaf = self.authority.issue("leaf", root)
        self.exchange(certificate_credentials(leaf, self.no_chain(leaf), [root]))

    def test_chain_up_to_the_root_in_the_bundle(self) -> None:
        chain = [self.intermediate, self.root]
        self.exchange(certificate_credentials(self.leaf(), chain, [self.root]))

    def test_intermediate_from_the_verifier(self) -> None:
        trusted = [self.root, self.intermediate]
        leaf = self.leaf()
        self.exchange(certificate_credentials(leaf, self.no_chain(leaf), trusted))

    def test_one_file_with_all_trusted_certificates(self) -> None:
        bundle = self.folder / "trusted.pem"
        bundle.write_bytes(self.root.path.read_bytes() + self.intermediate.path.read_bytes())
        trusted = Certificate(bundle, self.root.key)
        leaf = self.leaf()
        self.exchange(certificate_credentials(leaf, self.no_chain(leaf), [trusted]))

    def test_one_file_with_the_whole_chain(self) -> None:
        bundle = self.folder / "chain.pem"
        bundle.write_bytes(self.intermediate.path.read_bytes() + self.root.path.read_bytes())
        chain = Certificate(bundle, self.root.key)
        self.exchange(certificate_credentials(self.leaf(), [chain], [self.root]))
        material = read_bundle(self.signature)["verificationMaterial"]
        self.assertEqual(len(material["x509CertificateChain"]["certificates"]), 3)

    def test_four_tiers(self) -> None:
        second = self.authority.issue("intermediate", self.intermediate, name="second")
        leaf = self.authority.issue("leaf", second)
        self.exchange(certificate_credentials(leaf, [second, self.intermediate], [self.root]))

    def test_subject_equals_issuer_without_being_self_signed(self) -> None:
        leaf = self.leaf(name="intermediate")
        self.exchange(self.usual(leaf))

    def test_leaf_without_extended_usage(self) -> None:
        self.exchange(self.usual(self.leaf("leaf_without_extended_usage")))

    def test_other_trusted_roots_beside_the_right_one(self) -> None:
        other = self.authority.issue("root", name="other root")
        leaf = self.leaf()
        self.exchange(certificate_credentials(leaf, [self.intermediate], [other, self.root]))

    def test_model_is_changed(self) -> None:
        credentials = self.usual(self.leaf())
        self.exchange(credentials)
        (self.model / "config.json").write_bytes(b"changed")
        self.assert_rejects(self.verifier, CHANGED, self.model, credentials=credentials)

    def test_another_root_of_the_same_name(self) -> None:
        other = self.authority.issue("root")
        credentials = certificate_credentials(self.leaf(), [self.intermediate], [other])
        self.sign(self.signer, self.model, credentials=credentials)
        untrusted = Rejection(UNTRUSTED.ours, "Verification failed with error")
        self.assert_both_reject(untrusted, self.model, credentials=credentials)

    def test_intermediate_is_missing(self) -> None:
        leaf = self.leaf()
        credentials = certificate_credentials(leaf, self.no_chain(leaf), [self.root])
        self.sign(self.signer, self.model, credentials=credentials)
        self.assert_both_reject(UNTRUSTED, self.model, credentials=credentials)

    def test_intermediate_alone_is_no_root(self) -> None:
        leaf = self.leaf()
        credentials = certificate_credentials(leaf, self.no_chain(leaf), [self.intermediate])
        self.sign(self.signer, self.model, credentials=credentials)
        self.assert_both_reject(UNTRUSTED, self.model, credentials=credentials)

    def test_signature_with_a_certificate_is_none_with_a_key(self) -> None:
        leaf = self.leaf()
        pair = make_key_pair(self.folder, name="other")
        self.sign(self.signer, self.model, credentials=self.usual(leaf))
        self.assert_both_reject(OTHER_METHOD, self.model, credentials=key_credentials(pair))

    def test_signature_with_a_key_is_none_with_a_certificate(self) -> None:
        self.sign(self.signer, self.model)
        credentials = self.usual(self.leaf())
        self.assert_both_reject(OTHER_METHOD, self.model, credentials=credentials)


class WeSignWithCertificates(Certificates, CertificateCase):
    signer, verifier = HALLMARK, REFERENCE


class TheySignWithCertificates(Certificates, CertificateCase):
    signer, verifier = REFERENCE, HALLMARK


class Differences(CertificateCase):
    """Where the reference is laxer or stricter than OMS v1.0 and we are not."""

    def assert_only_reference_accepts(self, leaf: Certificate, reason: str) -> None:
        credentials = self.usual(leaf)
        self.sign(REFERENCE, self.model, credentials=credentials)
        self.assert_accepts(REFERENCE, self.model, credentials=credentials)
        self.assert_rejects(
            HALLMARK, Rejection(reason, ""), self.model, credentials=credentials
        )

    def test_expired_leaf_is_rejected_by_us_but_accepted_by_reference_1_1_1(self) -> None:
        leaf = self.leaf(validity=Validity(begins=-5, ends=-1))
        self.assert_only_reference_accepts(leaf, "certificate_expired")

    def test_leaf_of_the_future_is_rejected_by_us_but_accepted_by_reference_1_1_1(self) -> None:
        leaf = self.leaf(validity=Validity(begins=1, ends=5))
        self.assert_only_reference_accepts(leaf, "certificate_not_yet_valid")

    def test_tls_server_leaf_is_rejected_by_us_but_accepted_by_reference_1_1_1(self) -> None:
        leaf = self.leaf("leaf_for_tls_servers")
        self.assert_only_reference_accepts(leaf, "certificate_extended_key_usage")

    def test_leaf_without_digital_signature_is_rejected_by_us_but_accepted_by_reference(
        self,
    ) -> None:
        leaf = self.leaf("leaf_for_key_agreement_and_code")
        self.assert_only_reference_accepts(leaf, UNUSABLE.ours)

    def test_leaf_without_any_signing_usage_is_rejected_by_both(self) -> None:
        credentials = self.usual(self.leaf("leaf_for_key_agreement"))
        self.sign(REFERENCE, self.model, credentials=credentials)
        self.assert_both_reject(UNUSABLE, self.model, credentials=credentials)

    def test_authority_younger_than_the_leaf_is_accepted_by_us_but_not_by_reference_1_1_1(
        self,
    ) -> None:
        key = self.root.key
        young_root = self.authority.issue("root", key=key, validity=Validity(begins=-2))
        leaf = self.authority.issue("leaf", self.root, validity=Validity(begins=-5))
        credentials = certificate_credentials(leaf, [], [young_root])
        self.sign(HALLMARK, self.model, credentials=credentials)
        self.assert_accepts(HALLMARK, self.model, credentials=credentials)
        self.assert_rejects(
            REFERENCE, Rejection("", "not yet valid"), self.model, credentials=credentials
        )

    def test_expired_intermediate_is_rejected_by_us_but_accepted_by_reference_1_1_1(self) -> None:
        intermediate = self.authority.issue(
            "intermediate", self.root, name="old", validity=Validity(begins=-9, ends=-1)
        )
        leaf = self.authority.issue("leaf", intermediate, validity=Validity(begins=-5))
        credentials = certificate_credentials(leaf, [intermediate], [self.root])
        self.sign(REFERENCE, self.model, credentials=credentials)
        self.assert_accepts(REFERENCE, self.model, credentials=credentials)
        self.assert_rejects(
            HALLMARK, Rejection("certificate_expired", ""), self.model, credentials=credentials
        )

    def test_certificate_of_another_key_is_refused_by_both(self) -> None:
        leaf, other = self.leaf(), self.leaf()
        mixed = self.usual(Certificate(leaf.path, other.key))
        for peer in (HALLMARK, REFERENCE):
            with self.subTest(peer=peer.name):
                message = "[certificate_key_mismatch]" if peer is HALLMARK else "does not match"
                self.assert_refuses_to_sign(peer, message, self.model, credentials=mixed)

    def test_signing_without_a_chain_works_for_us_but_not_for_reference_1_1_1(self) -> None:
        credentials = certificate_credentials(self.leaf(), [], [self.root, self.intermediate])
        self.sign(HALLMARK, self.model, credentials=credentials)
        self.assert_accepts(REFERENCE, self.model, credentials=credentials)
        message = "Unable to load PEM file"
        self.assert_refuses_to_sign(REFERENCE, message, self.model, credentials=credentials)

    def test_identity_is_checked_by_us_alone(self) -> None:
        credentials = self.usual(self.leaf())
        self.sign(REFERENCE, self.model, credentials=credentials)
        option = "--certificate-identity"
        self.assert_accepts(
            HALLMARK, self.model, option, "signer@example.com", credentials=credentials
        )
        other = Rejection("certificate_identity_mismatch", "")
        arguments = (option, "other@example.com")
        self.assert_rejects(HALLMARK, other, self.model, *arguments, credentials=credentials)

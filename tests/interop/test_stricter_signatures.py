"""Statements and bundles that the reference 1.1.1 lets pass and Hallmark refuses, saying so."""

import json
from pathlib import Path
from typing import Any

import models
from bundles import read_bundle, read_statement
from forge import change_resources, encode_as_reference_0_2, sign_again
from keys import make_key_pair
from peers import DROP_IN, REFERENCE
from strictness_case import STRICTER, StrictnessCase

Resources = list[dict[str, Any]]


class Statements(StrictnessCase):
    """Validly signed by the key that the verifier expects."""

    def setUp(self) -> None:
        super().setUp()
        self.model = self.write_model(models.FLAT)
        self.sign(REFERENCE, self.model)
        self.private = Path(self.key.to_sign[1])

    def test_signing_again_is_no_fault_by_itself(self) -> None:
        sign_again(self.signature, self.private, read_statement(self.signature))
        self.assert_accepts(REFERENCE, self.model)
        self.assert_accepts(DROP_IN, self.model)

    def test_file_named_twice(self) -> None:
        def repeat(resources: Resources) -> None:
            resources.insert(0, {**resources[0], "digest": "00" * 32})

        change_resources(self.signature, self.private, repeat)
        self.assert_only_reference_verifies("resource_name_duplicate", self.model)

    def test_name_that_leaves_the_model(self) -> None:
        (self.folder / "outside").write_bytes(models.FLAT["config.json"])

        def lead_outside(resources: Resources) -> None:
            (config,) = [one for one in resources if one["name"] == "config.json"]
            config["name"] = "../outside"

        change_resources(self.signature, self.private, lead_outside)
        self.assert_only_reference_verifies(
            "resource_name_invalid", self.model, "--ignore_unsigned_files"
        )

    def test_digest_in_upper_case(self) -> None:
        def spell(resources: Resources) -> None:
            for one in resources:
                one["digest"] = one["digest"].upper()

        change_resources(self.signature, self.private, spell)
        self.assert_only_reference_verifies("digest_malformed", self.model)

    def test_no_files(self) -> None:
        change_resources(self.signature, self.private, Resources.clear)
        self.assert_only_reference_verifies(
            "resources_empty", self.model, "--ignore_unsigned_files"
        )

    def test_unknown_member(self) -> None:
        statement = read_statement(self.signature)
        statement["predicate"]["note"] = "unknown"
        sign_again(self.signature, self.private, statement)
        self.assert_only_reference_verifies("member_unknown", self.model)

    def test_hash_that_is_unknown_or_not_that_of_the_files(self) -> None:
        statement = read_statement(self.signature)
        for name, code in (
            ("md5", "hash_algorithm_unsupported"),
            ("blake2b", "hash_algorithm_mismatch"),
        ):
            with self.subTest(name=name):
                statement["predicate"]["serialization"]["hash_type"] = name
                sign_again(self.signature, self.private, statement)
                self.assert_only_reference_verifies(code, self.model)

    def test_encoding_of_version_0_2(self) -> None:
        statement = read_statement(self.signature)
        sign_again(self.signature, self.private, statement, encode_as_reference_0_2)
        self.assert_only_reference_verifies("legacy_encoding_misused", self.model)


class Bundles(StrictnessCase):
    def setUp(self) -> None:
        super().setUp()
        self.model = self.write_model(models.FLAT)
        self.sign(REFERENCE, self.model)

    def test_two_signatures(self) -> None:
        bundle = read_bundle(self.signature)
        bundle["dsseEnvelope"]["signatures"].append({"sig": "AAAA", "keyid": ""})
        self.signature.write_text(json.dumps(bundle))
        self.assert_only_reference_verifies("signature_count", self.model)

    def test_member_that_stands_twice(self) -> None:
        text = self.signature.read_text()
        self.signature.write_text('{"mediaType":"something else",' + text.lstrip()[1:])
        self.assert_only_reference_verifies("json_duplicate_member", self.model)

    def test_another_kind_of_key(self) -> None:
        bundle = read_bundle(self.signature)
        bundle["verificationMaterial"]["publicKey"]["keyDetails"] = "PKIX_ECDSA_P384_SHA_384"
        self.signature.write_text(json.dumps(bundle))
        self.assert_only_reference_verifies("key_details_mismatch", self.model)


class SameAnswers(StrictnessCase):
    """What might be taken for stricter and is not: the reference refuses it too."""

    def test_foreign_key(self) -> None:
        model = self.write_model(models.FLAT)
        self.sign(REFERENCE, model)
        other = make_key_pair(self.folder, name="other").public
        verify = ("verify", "key", model, "--signature", self.signature, "--public_key", other)
        for peer in (REFERENCE, DROP_IN):
            result = peer.run(*verify)
            self.assertEqual(result.returncode, 1)
            self.assertNotIn(STRICTER, result.stderr)


class SameWarnings(StrictnessCase):
    def test_missing_hint_is_warned_of_on_stderr_by_us_and_on_stdout_by_them(self) -> None:
        model = self.write_model(models.FLAT)
        self.sign(REFERENCE, model)
        bundle = read_bundle(self.signature)
        bundle["verificationMaterial"]["publicKey"] = {}
        self.signature.write_text(json.dumps(bundle))
        theirs = REFERENCE.verify(self.key, model, self.signature)
        ours = DROP_IN.verify(self.key, model, self.signature)
        self.assertEqual((theirs.returncode, ours.returncode), (0, 0))
        self.assertIn("WARNING", theirs.stdout)
        self.assertEqual(ours.stdout, "Verification succeeded\n")
        self.assertIn("model_signing: warning: ", ours.stderr)

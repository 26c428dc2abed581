"""What the reference 1.1.1 lets pass and `model_signing` of Hallmark refuses, saying so."""

import json
import tarfile
from pathlib import Path
from typing import Any

import models
from bundles import read_bundle, read_statement
from certificates import Authority, Certificate, Validity, make_rsa_key
from credentials import Credentials, certificate_credentials
from forge import change_resources, encode_as_reference_0_2, sign_again
from interop_case import InteropCase
from keys import make_key_pair
from openssl import openssl
from peers import DROP_IN, HALLMARK, REFERENCE, Argument

Resources = list[dict[str, Any]]

STRICTER = "Hallmark is stricter here: model-signing 1.1.1 "


class StrictnessCase(InteropCase):
    def assert_only_reference_verifies(
        self,
        code: str,
        model: Argument,
        *options: Argument,
        credentials: Credentials | None = None,
    ) -> None:
        self.assert_accepts(REFERENCE, model, *options, credentials=credentials)
        result = DROP_IN.verify(
            credentials or self.key, model, self.signature, *options, cwd=self.folder
        )
        self.assert_refusal(result, code, "Verification failed with error: ")

    def assert_only_reference_signs(
        self,
        code: str,
        model: Argument,
        *options: Argument,
        credentials: Credentials | None = None,
        signature: Path | None = None,
    ) -> None:
        signature = signature or self.signature
        arguments = (credentials or self.key, model, signature, *options)
        result = DROP_IN.sign(*arguments, cwd=self.folder)
        self.assert_refusal(result, code, "Signing failed with error: ")
        self.sign(REFERENCE, model, *options, credentials=credentials, signature=signature)

    def assert_refusal(self, result: Any, code: str, prefix: str) -> None:
        self.assertEqual((result.returncode, result.stdout), (1, ""), result.stderr)
        self.assertTrue(result.stderr.startswith(prefix), result.stderr)
        self.assertIn(f" [{code}]\n", result.stderr)
        self.assertIn(f"\n{STRICTER}", result.stderr)


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


class Models(StrictnessCase):
    def test_empty(self) -> None:
        model = self.folder / "model"
        model.mkdir()
        self.assert_only_reference_signs("model_empty", model)
        self.assert_only_reference_verifies("resources_empty", model)

    def test_link_out_of_the_model(self) -> None:
        model = self.write_model(models.FLAT)
        (self.folder / "outside").write_bytes(b"outside")
        (model / "link").symlink_to("../outside")
        self.assert_only_reference_signs("symlink_outside", model, "--allow_symlinks")
        self.assert_only_reference_verifies("symlink_outside", model, "--allow_symlinks")

    def test_signature_in_the_place_of_another_file(self) -> None:
        model = self.write_model(models.FLAT)
        notes = self.folder / "notes.txt"
        notes.write_bytes(b"precious")
        self.assert_only_reference_signs("already_exists", model, signature=notes)

    def test_signature_in_the_place_of_the_model(self) -> None:
        model = self.folder / "weights.bin"
        model.write_bytes(b"weights")
        result = DROP_IN.sign(self.key, model, model)
        self.assertEqual((result.returncode, model.read_bytes()), (1, b"weights"))
        self.assertIn("would replace the model", result.stderr)
        self.assertIn("[usage]", result.stderr)
        self.sign(REFERENCE, model, signature=model)

    def test_ignoring_the_whole_model(self) -> None:
        self.write_model(models.FLAT)
        options = ("--ignore-paths", "model")
        self.sign(REFERENCE, "model", *options)
        self.signature.unlink()
        self.assert_refuses_to_sign(DROP_IN, "is the whole model [usage]", "model", *options)


class Files(StrictnessCase):
    def test_more_in_a_file_than_is_asked_for(self) -> None:
        model = self.write_model(models.FLAT)
        self.sign(REFERENCE, model)
        public = Path(self.key.to_verify[1])
        public.write_bytes(public.read_bytes() * 2)
        self.assert_accepts(REFERENCE, model)
        self.assert_refused_without_more(
            "key_malformed", DROP_IN.verify(self.key, model, self.signature)
        )

        credentials = self.certificate()
        root = Path(credentials.to_verify[-1])
        root.write_bytes(public.read_bytes() + root.read_bytes())
        self.sign(REFERENCE, model, credentials=credentials)
        self.assert_accepts(REFERENCE, model, credentials=credentials)
        self.assert_refused_without_more(
            "certificate_unreadable", DROP_IN.verify(credentials, model, self.signature)
        )

    def assert_refused_without_more(self, code: str, result: Any) -> None:
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn(f" [{code}]\n", result.stderr)
        self.assertNotIn(STRICTER, result.stderr)

    def test_signature_in_the_place_of_a_link(self) -> None:
        model = self.write_model(models.FLAT)
        target = self.sign(REFERENCE, model)
        link = self.folder / "link.sig"
        link.symlink_to(target.name)
        target.chmod(0o600)
        before = target.read_bytes()
        self.sign(REFERENCE, model, signature=link)
        self.assertTrue(link.is_symlink())
        self.assertNotEqual(target.read_bytes(), before)
        self.assertEqual(target.stat().st_mode & 0o777, 0o600)

        before = target.read_bytes()
        self.sign(DROP_IN, model, signature=link)
        self.assertFalse(link.is_symlink())
        self.assertEqual(target.read_bytes(), before)
        self.sign(DROP_IN, model, signature=target)
        self.assertEqual(target.stat().st_mode, link.stat().st_mode)
        self.assertNotEqual(target.stat().st_mode & 0o777, 0o600)


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


class Laxer(StrictnessCase):
    """What the reference 1.1.1 cannot verify and Hallmark can, by OMS v1.0."""

    def assert_only_drop_in_verifies(self, model: Argument, *options: Argument) -> None:
        self.assert_accepts(DROP_IN, model, *options)
        result = REFERENCE.verify(self.key, model, self.signature, *options, cwd=self.folder)
        self.assertEqual(result.returncode, 1, result.stdout)

    def test_shards_and_other_hashes(self) -> None:
        model = self.write_model(models.NESTED)
        for option in (
            ("--hash-algorithm", "blake3"),
            ("--hash-algorithm", "blake2b"),
            ("--shard-size", "100", "--compat", "reference"),
        ):
            with self.subTest(option=option):
                self.sign(HALLMARK, model, *option)
                self.assert_only_drop_in_verifies(model)

    def test_rsa_key(self) -> None:
        model = self.write_model(models.FLAT)
        self.sign(REFERENCE, model)
        key = make_rsa_key(self.folder / "rsa.key")
        public = self.folder / "rsa.key.pub"
        openssl("pkey", "-in", key, "-pubout", "-out", public)
        sign_again(self.signature, key, read_statement(self.signature))
        bundle = read_bundle(self.signature)
        bundle["verificationMaterial"]["publicKey"] = {}
        self.signature.write_text(json.dumps(bundle))
        self.key = Credentials("key", (), ("--public_key", public))
        self.assert_only_drop_in_verifies(model)

    def test_authority_younger_than_the_leaf(self) -> None:
        model = self.write_model(models.FLAT)
        authority = Authority(self.folder / "authority")
        root = authority.issue("root")
        young = authority.issue("root", key=root.key, validity=Validity(begins=-2))
        leaf = authority.issue("leaf", root, validity=Validity(begins=-5))
        self.key = certificate_credentials(leaf, [young], [young])
        self.sign(REFERENCE, model)
        self.assert_only_drop_in_verifies(model)

    def test_links_that_the_signature_allows(self) -> None:
        model = self.write_model(models.FLAT)
        (model / "link").symlink_to("config.json")
        self.sign(REFERENCE, model, "--allow_symlinks")
        self.assert_only_drop_in_verifies(model)

    def test_git_files_that_are_signed(self) -> None:
        model = self.write_model({**models.FLAT, **models.GIT_FILES})
        self.sign(REFERENCE, model, "--no-ignore-git-paths")
        self.assert_only_drop_in_verifies(model)

    def test_single_file_by_its_name(self) -> None:
        path = self.folder / "weights.bin"
        path.write_bytes(b"weights")
        self.sign(HALLMARK, path)
        self.assert_only_drop_in_verifies(path)

    def test_model_in_an_archive(self) -> None:
        model = self.write_model(models.NESTED)
        self.sign(REFERENCE, model)
        archive = self.folder / "model.tar"
        with tarfile.open(archive, "w") as tar:
            tar.add(model, arcname="model")
        self.assert_only_drop_in_verifies(archive)

    def test_snapshot_of_a_hub(self) -> None:
        model = self.write_model({"weights": b"weights"})
        self.sign(REFERENCE, model)
        hub = self.folder / "models--org--name"
        snapshot = models.write_model(hub / "snapshots" / "1", {})
        models.write_model(hub / "blobs", {"b": b"weights"})
        (snapshot / "weights").symlink_to("../../blobs/b")
        self.assert_only_drop_in_verifies(snapshot)

    def test_model_behind_a_link(self) -> None:
        self.write_model(models.FLAT)
        (self.folder / "link").symlink_to("model")
        self.assert_refuses_to_sign(REFERENCE, "it is a symlink", "link")
        self.sign(DROP_IN, "link")
        self.assert_only_drop_in_verifies("link")

    def test_ignored_link(self) -> None:
        model = self.write_model(models.FLAT)
        (model / "link").symlink_to("config.json")
        options = ("--ignore-paths", "model/link")
        self.assert_refuses_to_sign(REFERENCE, "it is a symlink", "model", *options)
        self.sign(DROP_IN, "model", *options)
        self.assert_signed(*models.FLAT)

    def test_folder_behind_an_allowed_link_is_signed(self) -> None:
        model = self.write_model(models.NESTED)
        (model / "linked").symlink_to("weights")
        self.sign(DROP_IN, model, "--allow_symlinks")
        self.assert_signed(*models.NESTED, "linked/part-1.bin", "linked/part-2.bin")
        self.sign(REFERENCE, model, "--allow_symlinks")
        self.assert_signed(*models.NESTED)

    def test_folder_behind_a_link_that_the_reference_skipped(self) -> None:
        model = self.write_model(models.NESTED)
        (model / "linked").symlink_to("weights")
        self.sign(REFERENCE, model, "--allow_symlinks")
        self.assert_accepts(REFERENCE, model, "--allow_symlinks")
        result = DROP_IN.verify(self.key, model, self.signature, "--allow_symlinks")
        self.assertEqual(result.returncode, 1, result.stdout)
        self.assertIn("\nextra    linked/part-1.bin\n", result.stderr)
        self.assert_accepts(DROP_IN, "model", "--ignore-paths", "model/linked")

    def test_signing_without_a_chain(self) -> None:
        model = self.write_model(models.FLAT)
        authority = Authority(self.folder / "authority")
        root = authority.issue("root")
        credentials = certificate_credentials(authority.issue("leaf", root), [], [root])
        message = "Unable to load PEM file"
        self.assert_refuses_to_sign(REFERENCE, message, model, credentials=credentials)
        self.sign(DROP_IN, model, credentials=credentials)
        self.assert_accepts(REFERENCE, model, credentials=credentials)

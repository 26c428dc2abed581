"""What Hallmark verifies or signs and the reference 1.1.1 does not."""

import json
import tarfile

import models
from bundles import read_bundle, read_statement
from certificates import Authority, Validity, make_rsa_key
from credentials import Credentials, certificate_credentials
from forge import sign_again
from interop_case import InteropCase
from openssl import openssl
from peers import DROP_IN, HALLMARK, REFERENCE, Argument


class Laxer(InteropCase):
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

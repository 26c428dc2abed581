"""Calls of `model_signing` are right, wrong usage, or fail for both programs."""

import models
from bundles import root_digest
from drop_in_case import DropInCase
from keys import to_encrypted_pkcs8
from openssl import openssl
from peers import DROP_IN, REFERENCE


class ReadmeOfTheReference(DropInCase):
    """Every invocation there that is not keyless, and whether both take it and say the same."""

    def setUp(self) -> None:
        super().setUp()
        models.write_model(self.folder / "bert-base-uncased", models.NESTED)
        (self.folder / "bert-base-uncased" / ".git").mkdir()
        openssl(
            "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self.folder / "key.priv"
        )
        openssl(
            "ec", "-in", self.folder / "key.priv", "-pubout", "-out", self.folder / "key.pub"
        )

    def test_sign_and_verify_with_a_key(self) -> None:
        sign = ("sign", "key", "bert-base-uncased", "--private_key", "key.priv")
        self.assert_same(*sign, status=0)
        verify = ("verify", "key", "bert-base-uncased", "--signature", "model.sig")
        self.assert_same(*verify, "--public_key", "key.pub", status=0)

    def test_signature_with_another_name(self) -> None:
        sign = ("sign", "key", "bert-base-uncased", "--private_key", "key.priv")
        self.assert_same(*sign, "--signature", "resnet.sig", status=0)
        verify = ("verify", "key", "bert-base-uncased", "--signature", "resnet.sig")
        self.assert_same(*verify, "--public_key", "key.pub", status=0)

    def test_options_before_the_model(self) -> None:
        path = self.folder / "bert-base-uncased"
        sign = ("sign", "key", "--signature", "model.sig", "--private_key", "key.priv", path)
        self.assert_same(*sign, status=0)
        verify = ("verify", "key", "--signature", "model.sig", "--public_key", "key.pub", path)
        self.assert_same(*verify, status=0)

    def test_key_on_a_token_that_is_not_there(self) -> None:
        uri = ("--pkcs11_uri", "pkcs11:token=nobody;object=nothing?module-name=nowhere")
        sign = ("sign", "pkcs11-key", "--signature", "model.sig", *uri)
        self.assert_same(*sign, self.folder / "bert-base-uncased", status=1)

    def test_help(self) -> None:
        for arguments in (
            ("--help",),
            ("-h",),
            ("sign", "--help"),
            ("verify", "-h"),
            ("sign", "key", "--help"),
            ("sign", "bert-base-uncased", "--help"),
            ("verify", "certificate", "--help"),
        ):
            with self.subTest(arguments=arguments):
                for result in self.run_both(*arguments):
                    self.assertEqual(result.returncode, 0)
                    usage = "model_signing" if result.args[0] == DROP_IN.command[0] else ""
                    self.assertTrue(result.stdout.startswith(f"Usage: {usage}"), result.stdout)
                    self.assertEqual(result.stderr, "")

    def test_help_without_arguments(self) -> None:
        for arguments in ((), ("sign",), ("verify",)):
            for result in self.run_both(*arguments):
                self.assertEqual(result.returncode, 2)
                self.assertEqual(result.stdout, "")
                self.assertTrue(result.stderr.startswith("Usage: "), result.stderr)


class Calls(DropInCase):
    """Calls that are right, wrong usage, or fail: the same for both."""

    def setUp(self) -> None:
        super().setUp()
        self.write_model(models.FLAT)

    def assert_all(self, status: int, calls: str) -> None:
        for line in calls.strip().splitlines():
            with self.subTest(call=line.strip()):
                self.assert_same(*line.split(), status=status)

    def test_right_calls(self) -> None:
        self.assert_all(
            0,
            """
            sign key model --private_key signer.key
            sign key --private_key=signer.key model
            sign key --private_key signer.key -- model
            -- sign key model --private_key signer.key
            sign -- key model --private_key signer.key
            sign key model --private_key nothing --private_key signer.key
            sign key model --private_key signer.key --allow_symlinks --allow_symlinks
            sign key model --private_key signer.key --no-ignore-git-paths --ignore-git-paths
            sign key model --private_key signer.key --ignore-paths model/a --ignore-paths model/b
            sign key model --private_key signer.key --ignore-paths=
            sign key model --private_key signer.key --signature a=b
            sign key model --private_key signer.key --signature=a=b
            sign key model --private_key signer.key --signature --x
            sign key model --private_key signer.key --signature --
            sign key . --private_key signer.key
            --log-level debug sign key model --private_key signer.key
            --log-level=CrItIcAl sign key model --private_key signer.key
            verify key model --signature model.sig --public_key signer.key.pub
            verify key model --signature a=b --public_key signer.key.pub
            verify key model --signature=-- --public_key signer.key.pub
            verify key model --signature model.sig --public_key signer.key.pub --ignore_unsigned_files
            """,
        )

    def test_wrong_usage(self) -> None:
        self.assert_all(
            2,
            """
            nothing
            key model
            --log-level
            --log-level info
            --log-level loud sign key model
            --loglevel info sign key model
            --version=1
            sign key
            sign key model
            sign key --private_key signer.key
            sign key model --private_key
            sign key model another --private_key signer.key
            sign key model --privatekey signer.key
            sign key model --private signer.key
            sign key model --private_key signer.key -x
            sign key model --private_key signer.key -hx
            sign key model --private_key signer.key --log-level info
            sign key model --private_key signer.key --allow_symlinks=1
            sign key model --private_key signer.key --no-allow_symlinks
            sign key model --private_key signer.key --ignore-paths
            sign key model --private_key signer.key --ignore_unsigned_files
            sign key model --private_key signer.key --help --nothing
            sign key model --help=1
            sign --private_key signer.key key model
            sign --version
            sign --
            sign sigstore
            sign certificate model --private_key signer.key
            sign certificate model --private_key k --signing_certificate c --password p
            sign pkcs11-key model
            sign pkcs11-certificate model --pkcs11_uri pkcs11:token=t
            verify model
            verify model --signature model.sig
            verify model --signature model.sig --identity i
            verify key model
            verify key model --public_key signer.key.pub
            verify key model --signature model.sig
            verify certificate model
            verify pkcs11-key model
            """,
        )

    def test_failures(self) -> None:
        REFERENCE.run("sign", "key", "model", "--private_key", self.private, cwd=self.folder)
        self.assert_all(
            1,
            """
            sign key nothing --private_key signer.key
            sign key model --private_key nothing
            sign key model --private_key model
            sign key model --private_key signer.key.pub
            sign key model --private_key signer.key --signature nothing/model.sig
            sign key model --private_key signer.key --signature model
            sign key model --private_key signer.key --signature=
            sign certificate model --private_key signer.key --signing_certificate nothing
            verify key nothing --signature model.sig --public_key signer.key.pub
            verify key model --signature nothing --public_key signer.key.pub
            verify key model --signature model --public_key signer.key.pub
            verify key model --signature signer.key.pub --public_key signer.key.pub
            verify key model --signature model.sig --public_key nothing
            verify key model --signature model.sig --public_key signer.key
            verify certificate model --signature model.sig
            verify certificate model --signature model.sig --certificate_chain nothing
            """,
        )

    def test_version_names_both(self) -> None:
        theirs, ours = self.run_both("--version")
        self.assertEqual((theirs.returncode, ours.returncode), (0, 0))
        self.assertIn(", version 1.1.1", theirs.stdout)
        self.assertRegex(ours.stdout, r"^model_signing, version \S+ \(Hallmark, .* 1\.1\.1\)\n$")

    def test_level_from_the_environment_is_read_by_us_alone(self) -> None:
        REFERENCE.run("sign", "key", "model", "--private_key", self.private, cwd=self.folder)
        verify = ("verify", "key", "model", "--signature", "model.sig", "--public_key", self.public)
        environment = {"MODEL_SIGNING_LOG_LEVEL": "loud"}
        theirs = REFERENCE.run(*verify, cwd=self.folder, environment=environment)
        ours = DROP_IN.run(*verify, cwd=self.folder, environment=environment)
        self.assertEqual((theirs.returncode, ours.returncode), (0, 2))

    def test_hyphens_are_taken_by_us_alone(self) -> None:
        theirs, ours = self.run_both("sign", "key", "model", "--private-key", self.private)
        self.assertEqual((theirs.returncode, ours.returncode), (2, 0))

    def test_digest_is_in_the_order_of_the_reference(self) -> None:
        models.write_model(self.folder / "model", models.ORDERS_DIFFER)
        REFERENCE.run("sign", "key", "model", "--private_key", self.private, cwd=self.folder)
        theirs, ours = self.run_both("digest", "model")
        self.assertEqual((theirs.returncode, ours.returncode), (2, 0))
        self.assertEqual(ours.stdout, f"sha256:{root_digest(self.signature)}\n")

    def test_paths_that_name_nothing_are_taken_by_them_alone(self) -> None:
        (self.folder / "weights.bin").write_bytes(b"weights")
        for model, folder in (("", self.folder / "model"), ("weights.bin/", self.folder)):
            with self.subTest(model=model):
                sign = ("sign", "key", model, "--private_key", self.folder / self.private)
                theirs = REFERENCE.run(*sign, cwd=folder)
                (folder / "model.sig").unlink()
                ours = DROP_IN.run(*sign, cwd=folder)
                self.assertEqual((theirs.returncode, ours.returncode), (0, 1))
                self.assertIn("[not_found]", ours.stderr)
                self.assertFalse((folder / "model.sig").exists())

    def test_passphrase_on_the_command_line_works_for_us_alone(self) -> None:
        key = to_encrypted_pkcs8(self.folder / self.private)
        sign = ("sign", "key", "model", "--private_key", key, "--password")
        for password, status in (("correct horse", 0), ("wrong horse", 1)):
            theirs, ours = self.run_both(*sign, password)
            self.assertEqual((theirs.returncode, ours.returncode), (1, status))
        self.assert_same(*sign[:-1], status=1)

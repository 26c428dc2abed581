"""`model_signing` of Hallmark does what `model_signing` of the reference does."""

import os
import unittest
from pathlib import Path
from subprocess import CompletedProcess
from unittest import mock

import models
from bundles import root_digest
from certificates import Authority
from credentials import token_certificate_credentials, token_key_credentials
from interop_case import InteropCase
from keys import to_encrypted_pkcs8
from openssl import openssl
from peers import DROP_IN, REFERENCE, Argument, Peer
from tokens import PIN, SoftToken, tokens_are_available

Result = CompletedProcess[str]

FAILURES = ("Signing failed with error: ", "Verification failed with error: ")


class DropInCase(InteropCase):
    """Runs both programs in the same folder, the reference first."""

    def setUp(self) -> None:
        super().setUp()
        self.private, self.public = "signer.key", "signer.key.pub"

    def run_both(self, *arguments: Argument) -> tuple[Result, Result]:
        return (
            REFERENCE.run(*arguments, cwd=self.folder),
            DROP_IN.run(*arguments, cwd=self.folder),
        )

    def assert_same(self, *arguments: Argument, status: int) -> None:
        """Exit code, standard output, and the beginning of what a failure says."""
        theirs, ours = self.run_both(*arguments)
        self.assertEqual(theirs.returncode, status, theirs.stderr)
        self.assertEqual(ours.returncode, status, ours.stderr)
        self.assertEqual(ours.stdout, theirs.stdout)
        if status == 1:
            self.assertTrue(any(line.startswith(FAILURES) for line in theirs.stderr.split("\n")))
            (ours_begins,) = [
                prefix for prefix in FAILURES if f"\n{prefix}" in f"\n{ours.stderr}"
            ]
            self.assertIn(f"\n{ours_begins}", f"\n{theirs.stderr}")


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


class Exchange:
    """What one signs the other verifies."""

    signer: Peer
    verifier: Peer

    def exchange(self, model: Argument, *options: Argument) -> None:
        self.sign(self.signer, model, *options)
        for peer in (self.signer, self.verifier):
            self.assert_accepts(peer, model, *options)

    def test_directory(self) -> None:
        self.exchange(self.write_model({**models.NESTED, **models.DOTFILES, **models.GIT_FILES}))

    def test_single_file(self) -> None:
        (self.folder / "weights.bin").write_bytes(b"weights")
        self.exchange("weights.bin")

    def test_orders_differ(self) -> None:
        self.exchange(self.write_model(models.ORDERS_DIFFER))

    def test_git_files(self) -> None:
        model = self.write_model({**models.FLAT, **models.GIT_FILES})
        self.exchange(model, "--no-ignore-git-paths")

    def test_links(self) -> None:
        model = self.write_model(models.FLAT)
        (model / "link").symlink_to("config.json")
        self.exchange(model, "--allow_symlinks")

    def test_ignored_paths(self) -> None:
        model = self.write_model({**models.NESTED, "logs/a": b"a", "notes": b"n"})
        self.exchange(model, "--ignore-paths", model / "logs", "--ignore-paths", "model/notes")
        self.assert_signed(*models.NESTED)

    def test_ignored_path_by_a_link_from_outside(self) -> None:
        model = self.write_model({**models.NESTED, "logs/a": b"a"})
        (self.folder / "link").symlink_to("model/logs")
        self.exchange(model, "--ignore-paths", "link")
        self.assert_signed(*models.NESTED)

    def test_ignored_paths_outside_the_model_ignore_nothing(self) -> None:
        model = self.write_model(models.NESTED)
        (self.folder / "weights").write_bytes(b"")
        self.exchange(model, "--ignore-paths", "weights", "--ignore-paths", self.folder)
        self.assert_signed(*models.NESTED)

    def test_certificate(self) -> None:
        model = self.write_model(models.FLAT)
        credentials = self.certificate()
        self.sign(self.signer, model, credentials=credentials)
        for peer in (self.signer, self.verifier):
            self.assert_accepts(peer, model, credentials=credentials)

    def test_first_certificate_of_a_file_counts(self) -> None:
        model = self.write_model(models.FLAT)
        credentials = self.certificate()
        at = credentials.to_sign.index("--signing_certificate") + 1
        leaf, chain = Path(credentials.to_sign[at]), Path(credentials.to_sign[-1])
        leaf.write_bytes(leaf.read_bytes() + chain.read_bytes())
        self.sign(self.signer, model, credentials=credentials)
        self.assert_accepts(self.verifier, model, credentials=credentials)

    def test_everything_that_is_wrong_is_refused(self) -> None:
        model = self.write_model(models.NESTED)
        self.sign(self.signer, model)
        (model / "extra").write_bytes(b"")
        self.assert_both_refuse(model)
        self.assert_accepts(self.verifier, model, "--ignore_unsigned_files")
        (model / "extra").unlink()
        (model / "README.md").write_bytes(b"changed")
        self.assert_both_refuse(model)
        (model / "README.md").unlink()
        self.assert_both_refuse(model)

    def assert_both_refuse(self, model: Path) -> None:
        for peer in (self.signer, self.verifier):
            result = peer.verify(self.key, model, self.signature, cwd=self.folder)
            self.assertEqual((result.returncode, result.stdout), (1, ""), result.stderr)
            self.assertTrue(result.stderr.startswith("Verification failed with error: "))


class WeSign(Exchange, DropInCase):
    signer, verifier = DROP_IN, REFERENCE


class TheySign(Exchange, DropInCase):
    signer, verifier = REFERENCE, DROP_IN


@unittest.skipUnless(tokens_are_available(), "no SoftHSM (softhsm2) or pkcs11-tool (opensc)")
class Tokens(DropInCase):
    def setUp(self) -> None:
        super().setUp()
        self.token = SoftToken(self.folder / "token")
        environment = mock.patch.dict(os.environ, self.token.environment)
        environment.start()
        self.addCleanup(environment.stop)
        self.write_model(models.FLAT)

    def sign_with(self, uri: str) -> tuple[Result, Result]:
        return self.run_both("sign", "pkcs11-key", "model", "--pkcs11_uri", uri)

    def assert_codes(self, results: tuple[Result, Result], theirs: int, ours: int) -> None:
        codes = tuple(result.returncode for result in results)
        self.assertEqual(codes, (theirs, ours), [result.stderr for result in results])

    def test_same_calls(self) -> None:
        public = self.token.generate("P-384", "signer", 1)
        uri = self.token.uri("signer", f"pin-value={PIN}")
        sign = ("sign", "pkcs11-key", "--signature", "model.sig", "--pkcs11_uri", uri, "model")
        self.assert_same(*sign, status=0)
        verify = ("verify", "key", "--signature", "model.sig", "--public_key", public, "model")
        self.assert_same(*verify, status=0)
        credentials = token_key_credentials(uri, public)
        for signer, verifier in ((DROP_IN, REFERENCE), (REFERENCE, DROP_IN)):
            self.sign(signer, "model", credentials=credentials)
            self.assert_accepts(verifier, "model", credentials=credentials)

    def test_same_failures(self) -> None:
        self.token.generate("P-256", "signer", 1)
        self.assert_codes(self.sign_with(self.token.uri("signer", "pin-value=9999")), 1, 1)
        self.assert_codes(self.sign_with(self.token.uri("nobody", f"pin-value={PIN}")), 1, 1)
        self.assert_codes(self.sign_with("nothing"), 1, 1)

    def test_pin_in_a_file_with_a_line_end(self) -> None:
        self.token.generate("P-256", "signer", 1)
        pin = self.folder / "pin"
        uri = self.token.uri("signer", f"pin-source=file:{pin}")
        pin.write_text(PIN)
        self.assert_codes(self.sign_with(uri), 0, 0)
        pin.write_text(f"{PIN}\n")
        self.assert_codes(self.sign_with(uri), 1, 0)

    def test_two_keys_that_match_are_refused_by_us_alone(self) -> None:
        for number in (1, 2):
            self.token.import_key(self.folder / self.private, "same", number)
        results = self.sign_with(self.token.uri("same", f"pin-value={PIN}"))
        self.assert_codes(results, 0, 1)
        self.assertIn("[token_key_ambiguous]\nHallmark is stricter here", results[1].stderr)

    def uri_of(self, attributes: str, query: str = f"pin-value={PIN}") -> str:
        return f"pkcs11:{attributes}?module-path={self.token.module()}&{query}"

    def test_attributes_that_they_pass_over(self) -> None:
        self.token.generate("P-256", "my signer", 1)
        encoded = "token=release;object=my%20signer"
        self.assert_codes(self.sign_with(self.uri_of(encoded)), 0, 0)
        self.assert_codes(self.sign_with(self.uri_of(f"{encoded};type=private")), 0, 0)
        for uri, code in (
            (self.uri_of(f"{encoded};type=public"), "usage"),
            (self.uri_of(f"{encoded};x-vendor=1"), "pkcs11_uri_invalid"),
            (self.uri_of(encoded, f"pin-value={PIN}&x-vendor=1"), "pkcs11_uri_invalid"),
            (self.uri_of("token=release;object=my signer"), "pkcs11_uri_invalid"),
        ):
            with self.subTest(uri=uri):
                results = self.sign_with(uri)
                self.assert_codes(results, 0, 1)
                self.assertIn(f"[{code}]", results[1].stderr)

    def test_attributes_that_we_do_not_need(self) -> None:
        self.token.generate("P-256", "signer", 1)
        (self.folder / "pin").write_text(PIN)
        for uri in (
            self.uri_of("object=signer"),
            self.uri_of("token=release"),
            self.uri_of("token=release;object=signer", "pin-source=pin"),
        ):
            with self.subTest(uri=uri):
                self.assert_codes(self.sign_with(uri), 1, 0)

    def test_module_by_name(self) -> None:
        self.token.generate("P-256", "signer", 1)
        uri = "pkcs11:token=release;object=signer?module-name=softhsm2&pin-value=" + PIN
        theirs, ours = self.sign_with(uri)
        self.assertEqual(ours.returncode, 0, ours.stderr)
        if theirs.returncode != 0:
            self.assertNotIn("/usr/lib/pkcs11/", self.token.module())

    def test_certified_key_on_a_token_works_for_us_alone(self) -> None:
        authority = Authority(self.folder / "authority")
        root = authority.issue("root")
        leaf = authority.issue("leaf", root)
        self.token.import_key(leaf.key, "leaf", 1)
        uri = self.token.uri("leaf", f"pin-value={PIN}")
        credentials = token_certificate_credentials(uri, leaf, [root], [root])
        self.assert_refuses_to_sign(
            REFERENCE, "Signing failed with error: ", "model", credentials=credentials
        )
        self.sign(DROP_IN, "model", credentials=credentials)
        for verifier in (DROP_IN, REFERENCE):
            self.assert_accepts(verifier, "model", credentials=credentials)


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

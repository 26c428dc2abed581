"""Private and public keys in the forms that people have, given to both programs."""

from pathlib import Path

import keys
import models
from credentials import Credentials
from interop_case import InteropCase
from keys import CURVES, PASSPHRASE, KeyPair, make_key_pair
from peers import HALLMARK, REFERENCE, Peer
from reference_api import sign_with_passphrase


class KeyFiles:
    """The same tests for both directions, each for all curves."""

    signer: Peer
    verifier: Peer

    def test_pkcs8(self) -> None:
        for pair in self.pairs():
            self.exchange(pair.private, pair.public)

    def test_sec1(self) -> None:
        for pair in self.pairs():
            self.exchange(keys.to_sec1(pair.private), pair.public)

    def test_sec1_after_parameters(self) -> None:
        for curve, pair in zip(CURVES, self.pairs(), strict=True):
            self.exchange(keys.to_sec1_after_parameters(pair.private, curve), pair.public)

    def test_text_before_pkcs8_and_public_key(self) -> None:
        for pair in self.pairs():
            self.exchange(keys.with_text_before(pair.private), keys.with_text_before(pair.public))

    def test_text_before_sec1(self) -> None:
        for pair in self.pairs():
            self.exchange(keys.with_text_before(keys.to_sec1(pair.private)), pair.public)

    def test_crlf_line_ends(self) -> None:
        for pair in self.pairs():
            self.exchange(keys.with_crlf(pair.private), keys.with_crlf(pair.public))

    def test_keys_made_by_hallmark(self) -> None:
        for name in ("p256", "p384", "p521"):
            output = self.folder / name
            made = HALLMARK.run("key", "generate", "--algorithm", name, "--output", output)
            self.assertEqual(made.returncode, 0, made.stderr)
            self.exchange(output, Path(f"{output}.pub"))

    def pairs(self) -> list[KeyPair]:
        return [make_key_pair(self.folder, curve, name=curve) for curve in CURVES]

    def exchange(self, private: Path, public: Path) -> None:
        with self.subTest(key=private.name):
            model = self.write_model(models.FLAT)
            credentials = Credentials(
                "key", ("--private_key", private), ("--public_key", public)
            )
            self.sign(self.signer, model, credentials=credentials)
            self.assert_accepts(self.verifier, model, credentials=credentials)


class WeReadKeyFiles(KeyFiles, InteropCase):
    signer, verifier = HALLMARK, REFERENCE


class TheyReadKeyFiles(KeyFiles, InteropCase):
    signer, verifier = REFERENCE, HALLMARK


class EncryptedKeys(InteropCase):
    """The command line of the reference cannot use them; its Python interface can."""

    def setUp(self) -> None:
        super().setUp()
        self.pair = make_key_pair(self.folder)
        self.passphrase = self.folder / "passphrase.txt"
        self.passphrase.write_text(PASSPHRASE + "\n")
        self.model = self.write_model(models.FLAT)

    def encrypted_keys(self) -> list[Path]:
        private = self.pair.private
        return [keys.to_encrypted_pkcs8(private), keys.to_encrypted_sec1(private)]

    def credentials(self, private: Path, public: Path | None = None) -> Credentials:
        to_verify = ("--public_key", public or self.pair.public)
        return Credentials("key", ("--private_key", private), to_verify)

    def test_we_sign(self) -> None:
        for private in self.encrypted_keys():
            with self.subTest(key=private.name):
                credentials = self.credentials(private)
                option = ("--password-file", self.passphrase)
                self.sign(HALLMARK, self.model, *option, credentials=credentials)
                self.assert_accepts(REFERENCE, self.model, credentials=credentials)

    def test_we_sign_with_the_option_of_the_reference(self) -> None:
        credentials = self.credentials(self.encrypted_keys()[0])
        self.sign(HALLMARK, self.model, "--password", PASSPHRASE, credentials=credentials)
        self.assert_accepts(REFERENCE, self.model, credentials=credentials)

    def test_they_sign_from_python(self) -> None:
        for private in self.encrypted_keys():
            with self.subTest(key=private.name):
                sign_with_passphrase(self.model, self.signature, private, PASSPHRASE)
                self.assert_accepts(HALLMARK, self.model, credentials=self.credentials(private))

    def test_they_sign_with_an_encrypted_key_made_by_hallmark(self) -> None:
        private = self.folder / "ours.key"
        arguments = ("--output", private, "--password-file", self.passphrase)
        made = HALLMARK.run("key", "generate", *arguments)
        self.assertEqual(made.returncode, 0, made.stderr)
        sign_with_passphrase(self.model, self.signature, private, PASSPHRASE)
        credentials = self.credentials(private, Path(f"{private}.pub"))
        self.assert_accepts(HALLMARK, self.model, credentials=credentials)

    def test_wrong_passphrase_is_refused_by_both(self) -> None:
        private = self.encrypted_keys()[0]
        result = HALLMARK.sign(
            self.credentials(private), self.model, self.signature, "--password", "wrong"
        )
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("[passphrase_wrong]", result.stderr)
        with self.assertRaises(ValueError):
            sign_with_passphrase(self.model, self.signature, private, "wrong")
        self.assertFalse(self.signature.exists())

    def test_command_line_of_reference_1_1_1_cannot_use_a_passphrase(self) -> None:
        credentials = self.credentials(self.encrypted_keys()[0])
        options = ("--password", PASSPHRASE)
        message = "Signing failed with error"
        self.assert_refuses_to_sign(
            REFERENCE, message, self.model, *options, credentials=credentials
        )


class RefusedKeys(InteropCase):
    """Keys that neither signs with."""

    def test_other_curves_are_refused_by_both(self) -> None:
        model = self.write_model(models.FLAT)
        private = keys.make_key(self.folder / "other.key", "secp256k1")
        credentials = Credentials("key", ("--private_key", private), ())
        result = HALLMARK.sign(credentials, model, self.signature)
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("[key_unsupported]", result.stderr)
        self.assert_refuses_to_sign(
            REFERENCE, "Unsupported key for curve", model, credentials=credentials
        )

"""`model_signing` with keys on a PKCS #11 token, ours and theirs."""

import unittest

import models
from certificates import Authority
from credentials import token_certificate_credentials, token_key_credentials
from drop_in_case import DropInCase, Result
from peers import DROP_IN, REFERENCE
from tokens import PIN, tokens_are_available, use_token


@unittest.skipUnless(tokens_are_available(), "no SoftHSM (softhsm2) or pkcs11-tool (opensc)")
class Tokens(DropInCase):
    def setUp(self) -> None:
        super().setUp()
        self.token = use_token(self, self.folder / "token")
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

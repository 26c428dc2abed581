"""After signing something changes: the other program and the signer itself reject it."""

from pathlib import Path

import models
from bundles import read_bundle, replace_payload
from credentials import key_credentials
from interop_case import CHANGED, EXTRA, MISSING, InteropCase, Rejection
from keys import make_key_pair
from peers import HALLMARK, REFERENCE, Peer

BAD_SIGNATURE = Rejection("signature_invalid", "Verification failed with error: ")
OTHER_KEY = Rejection("key_hint_mismatch", "Key mismatch")


class Tampering:
    """The same tests for both directions."""

    signer: Peer

    def signed_model(self) -> Path:
        model = self.write_model(models.NESTED)
        self.sign(self.signer, model)
        self.assert_both_accept(model)
        return model

    def test_one_bit_is_changed(self) -> None:
        model = self.signed_model()
        path = model / "weights" / "part-1.bin"
        content = bytearray(path.read_bytes())
        content[350] ^= 1
        path.write_bytes(content)
        self.assert_both_reject(CHANGED, model)

    def test_file_is_cut_short(self) -> None:
        model = self.signed_model()
        path = model / "weights" / "part-1.bin"
        path.write_bytes(path.read_bytes()[:-1])
        self.assert_both_reject(CHANGED, model)

    def test_file_is_added(self) -> None:
        model = self.signed_model()
        (model / "weights" / "part-3.bin").write_bytes(b"")
        self.assert_both_reject(EXTRA, model)

    def test_dotfile_is_added(self) -> None:
        model = self.signed_model()
        (model / "a" / ".gitignore").write_bytes(b"")
        self.assert_both_reject(EXTRA, model)

    def test_file_is_removed(self) -> None:
        model = self.signed_model()
        (model / "README.md").unlink()
        self.assert_both_reject(MISSING, model)

    def test_file_is_renamed(self) -> None:
        model = self.signed_model()
        (model / "README.md").rename(model / "readme.md")
        self.assert_both_reject(MISSING, model)

    def test_two_files_are_swapped(self) -> None:
        model = self.signed_model()
        one, two = model / "weights" / "part-1.bin", model / "weights" / "part-2.bin"
        one_content, two_content = one.read_bytes(), two.read_bytes()
        one.write_bytes(two_content)
        two.write_bytes(one_content)
        self.assert_both_reject(CHANGED, model)

    def test_file_becomes_a_folder(self) -> None:
        model = self.signed_model()
        (model / "README.md").unlink()
        (model / "README.md").mkdir()
        self.assert_both_reject(MISSING, model)

    def test_file_becomes_a_link_to_its_copy(self) -> None:
        model = self.signed_model()
        (model / "README.md").rename(self.folder / "copy")
        (model / "README.md").symlink_to(self.folder / "copy")
        self.assert_both_reject(Rejection("symlink_refused", "it is a symlink"), model)

    def test_statement_is_changed(self) -> None:
        model = self.signed_model()
        replace_payload(self.signature, b"README.md", b"readme.md")
        (model / "README.md").rename(model / "readme.md")
        self.assert_both_reject(BAD_SIGNATURE, model)

    def test_signature_of_another_model(self) -> None:
        self.signed_model()
        other = models.write_model(self.folder / "other", models.FLAT)
        self.assert_both_reject(MISSING, other)

    def test_another_key(self) -> None:
        model = self.signed_model()
        other = key_credentials(make_key_pair(self.folder, name="other"))
        self.assert_both_reject(OTHER_KEY, model, credentials=other)

    def test_another_key_behind_a_replaced_hint(self) -> None:
        model = self.signed_model()
        other = key_credentials(make_key_pair(self.folder, name="other"))
        signed = self.sign(
            self.signer, model, credentials=other, signature=self.folder / "other.sig"
        )
        hint = read_bundle(signed)["verificationMaterial"]["publicKey"]["hint"]
        text = self.signature.read_text()
        own_hint = read_bundle(self.signature)["verificationMaterial"]["publicKey"]["hint"]
        self.signature.write_text(text.replace(own_hint, hint))
        self.assert_both_reject(BAD_SIGNATURE, model, credentials=other)


class TamperingWithOurs(Tampering, InteropCase):
    signer = HALLMARK


class TamperingWithTheirs(Tampering, InteropCase):
    signer = REFERENCE

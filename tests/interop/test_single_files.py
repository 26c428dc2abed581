"""A model that is one file: OMS v1.0 names it by its file name, the reference names it '.'."""

from pathlib import Path

from interop_case import CHANGED, MISSING, InteropCase
from peers import HALLMARK, REFERENCE

AS_REFERENCE = ("--compat", "reference")


class SingleFiles(InteropCase):
    """Both directions."""

    def write_file(self) -> Path:
        path = self.folder / "weights.bin"
        path.write_bytes(b"weights")
        return path

    def assert_change_is_rejected(self, model: Path) -> None:
        model.write_bytes(b"Weights")
        self.assert_both_reject(CHANGED, model)

    def test_we_sign_for_the_reference(self) -> None:
        model = self.write_file()
        self.sign(HALLMARK, model, *AS_REFERENCE)
        self.assert_signed(".")
        self.assert_both_accept(model)
        self.assert_change_is_rejected(model)

    def test_we_sign_for_the_reference_with_a_certificate(self) -> None:
        model = self.write_file()
        credentials = self.certificate()
        self.sign(HALLMARK, model, *AS_REFERENCE, credentials=credentials)
        self.assert_accepts(REFERENCE, model, credentials=credentials)

    def test_they_sign(self) -> None:
        model = self.write_file()
        self.sign(REFERENCE, model)
        self.assert_signed(".")
        self.assert_both_accept(model)
        self.assert_change_is_rejected(model)

    def test_they_sign_and_the_file_is_renamed(self) -> None:
        model = self.write_file()
        self.sign(REFERENCE, model)
        self.assert_both_accept(model.rename(self.folder / "renamed.bin"))

    def test_signature_beside_the_file(self) -> None:
        self.write_file()
        for signer, options in ((HALLMARK, AS_REFERENCE), (REFERENCE, ())):
            with self.subTest(signer=signer.name):
                self.sign(signer, "weights.bin", *options)
                self.assert_both_accept("weights.bin")

    def test_file_name_of_oms_is_not_verified_by_reference_1_1_1(self) -> None:
        model = self.write_file()
        self.sign(HALLMARK, model)
        self.assert_signed("weights.bin")
        self.assert_accepts(HALLMARK, model)
        self.assert_rejects(REFERENCE, MISSING, model)

    def test_signature_of_a_file_is_not_one_of_its_folder(self) -> None:
        model = self.write_file()
        folder = self.folder / "folder"
        folder.mkdir()
        self.sign(REFERENCE, model)
        model.rename(folder / model.name)
        self.assert_both_reject(MISSING, folder)

"""Models, and files given with them, that the reference 1.1.1 takes and Hallmark does not."""

from pathlib import Path
from typing import Any

import models
from peers import DROP_IN, REFERENCE
from strictness_case import STRICTER, StrictnessCase


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

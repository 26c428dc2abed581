"""Every shape of a model, signed by one program with both methods and verified by the other."""

import os
from pathlib import Path

import models
from credentials import Credentials
from interop_case import CHANGED, InteropCase, Rejection
from peers import HALLMARK, REFERENCE, Peer


class Shapes:
    """The same tests for both directions."""

    signer: Peer
    verifier: Peer

    def test_flat(self) -> None:
        self.exchange(models.FLAT)

    def test_nested(self) -> None:
        self.exchange(models.NESTED)

    def test_orders_differ(self) -> None:
        self.exchange(models.ORDERS_DIFFER)

    def test_odd_names(self) -> None:
        self.exchange(models.ODD_NAMES)

    def test_dotfiles(self) -> None:
        self.exchange(models.DOTFILES)

    def test_empty_files(self) -> None:
        self.exchange(models.EMPTY_FILES)

    def test_only_empty_files(self) -> None:
        self.exchange(models.ONLY_EMPTY_FILES)

    def test_large_files(self) -> None:
        self.exchange(models.large())

    def test_many_files(self) -> None:
        self.exchange(models.many())

    def test_empty_folders_are_no_part_of_a_model(self) -> None:
        model = self.write_model(models.FLAT)
        (model / "empty" / "folder").mkdir(parents=True)
        self.sign(self.signer, model)
        self.assert_signed(*models.FLAT)
        (model / "another").mkdir()
        self.assert_accepts(self.verifier, model)

    def test_model_is_the_current_directory(self) -> None:
        model = self.write_model(models.NESTED)
        self.sign(self.signer, ".", cwd=model)
        self.assert_accepts(self.verifier, ".", cwd=model)
        self.assert_accepts(self.verifier, "model/")

    def test_model_was_moved_after_signing(self) -> None:
        model = self.write_model(models.FLAT)
        self.sign(self.signer, model)
        self.assert_accepts(self.verifier, model.rename(self.folder / "another name"))

    def exchange(self, shape: models.Shape) -> None:
        model = self.write_model(shape)
        for credentials in (self.key, self.certificate()):
            with self.subTest(method=credentials.method):
                self.exchange_with(credentials, model, shape)

    def exchange_with(self, credentials: Credentials, model: Path, shape: models.Shape) -> None:
        self.sign(self.signer, model, credentials=credentials)
        self.assert_signed(*shape)
        self.assert_accepts(self.verifier, model, credentials=credentials)
        victim = sorted(shape)[-1]
        (model / victim).write_bytes(shape[victim] + b"!")
        self.assert_rejects(self.verifier, CHANGED, model, credentials=credentials)
        (model / victim).write_bytes(shape[victim])


class WeSignShapes(Shapes, InteropCase):
    signer, verifier = HALLMARK, REFERENCE


class TheySignShapes(Shapes, InteropCase):
    signer, verifier = REFERENCE, HALLMARK


class RefusedModels(InteropCase):
    """Models that one program or both do not sign."""

    def test_pipe_is_refused_by_both(self) -> None:
        model = self.write_model(models.FLAT)
        os.mkfifo(model / "pipe")
        self.assert_refuses_to_sign(HALLMARK, "[special_file]", model)
        self.assert_refuses_to_sign(REFERENCE, "pipe", model)

    def test_name_that_is_not_utf8_is_refused_by_both(self) -> None:
        model = self.write_model(models.FLAT)
        (model / "bad\udcff").write_bytes(b"")
        self.assert_refuses_to_sign(HALLMARK, "UTF-8", model)
        self.assert_refuses_to_sign(REFERENCE, "surrogate", model)

    def test_empty_model_is_refused_by_us_but_signed_by_reference_1_1_1(self) -> None:
        model = self.write_model({})
        self.assert_refuses_to_sign(HALLMARK, "[model_empty]", model)
        self.sign(REFERENCE, model)
        self.assert_accepts(REFERENCE, model)
        self.assert_rejects(HALLMARK, Rejection("resources_empty", ""), model)

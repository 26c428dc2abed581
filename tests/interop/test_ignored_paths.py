"""Ignored paths, git names, unsigned files, and signatures that lie inside the model."""

from pathlib import Path

import models
from interop_case import CHANGED, EXTRA, MISSING, InteropCase
from peers import HALLMARK, REFERENCE, Peer

WITH_LOGS: models.Shape = {**models.FLAT, "logs/1.log": b"1", "logs/2.log": b"2", "note": b"n"}
IGNORE_LOGS = ("--ignore-paths", "model/logs", "--ignore-paths", "model/note")


class IgnoredPaths:
    """The same tests for both directions; paths are relative to the current directory."""

    signer: Peer
    verifier: Peer

    def test_ignored_paths_are_not_signed(self) -> None:
        model = self.write_model(WITH_LOGS)
        self.sign(self.signer, "model", *IGNORE_LOGS)
        self.assert_signed(*models.FLAT)
        self.assert_accepts(self.verifier, "model")
        self.assert_accepts(self.verifier, "model", *IGNORE_LOGS)
        self.assert_accepts(self.verifier, model)

    def test_ignored_paths_from_another_current_directory(self) -> None:
        model = self.write_model(WITH_LOGS)
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        options = ("--ignore-paths", "../model/logs", "--ignore-paths", model / "note")
        self.sign(self.signer, "../model", *options, cwd=elsewhere)
        self.assert_signed(*models.FLAT)
        self.assert_accepts(self.verifier, "model")

    def test_ignored_path_is_no_prefix_of_names(self) -> None:
        self.write_model({**WITH_LOGS, "logs-2024": b"", "notes": b""})
        self.sign(self.signer, "model", *IGNORE_LOGS)
        self.assert_signed(*models.FLAT, "logs-2024", "notes")
        self.assert_accepts(self.verifier, "model")

    def test_changes_below_ignored_paths_do_not_matter(self) -> None:
        model = self.write_model(WITH_LOGS)
        self.sign(self.signer, "model", *IGNORE_LOGS)
        (model / "logs" / "3.log").write_bytes(b"3")
        (model / "note").write_bytes(b"changed")
        self.assert_accepts(self.verifier, "model")
        (model / "other").write_bytes(b"not ignored")
        self.assert_rejects(self.verifier, EXTRA, "model")

    def test_verifier_ignores_more_than_was_signed(self) -> None:
        model = self.write_model(models.FLAT)
        self.sign(self.signer, "model")
        (model / "logs").mkdir()
        (model / "logs" / "1.log").write_bytes(b"1")
        self.assert_rejects(self.verifier, EXTRA, "model")
        self.assert_accepts(self.verifier, "model", "--ignore-paths", "model/logs")

    def test_signature_inside_the_model(self) -> None:
        model = self.write_model(models.NESTED)
        signature = model / "weights" / "own.sig"
        self.sign(self.signer, model, signature=signature)
        self.signature = signature
        self.assert_signed(*models.NESTED)
        self.assert_accepts(self.verifier, "model", signature=Path("model/weights/own.sig"))
        (model / "README.md").write_bytes(b"changed")
        self.assert_rejects(self.verifier, CHANGED, "model")

    def test_default_signature_inside_the_model(self) -> None:
        model = self.write_model(models.FLAT)
        arguments = ("sign", "key", ".", *self.key.to_sign)
        self.assertEqual(self.signer.run(*arguments, cwd=model).returncode, 0)
        self.assert_accepts(self.verifier, ".", signature=Path("model.sig"), cwd=model)

    def test_signing_again_inside_the_model(self) -> None:
        model = self.write_model(models.FLAT)
        for _ in range(2):
            self.sign(self.signer, model, signature=model / "model.sig")
        self.assert_accepts(self.verifier, model, signature=model / "model.sig")

    def test_git_names_at_the_root_are_ignored(self) -> None:
        model = self.write_model({**models.DOTFILES, **models.GIT_FILES})
        self.sign(self.signer, model)
        self.assert_signed(*models.DOTFILES)
        (model / ".git" / "HEAD").write_bytes(b"changed")
        self.assert_accepts(self.verifier, model)

    def test_git_names_are_signed_on_request(self) -> None:
        shape = {**models.DOTFILES, **models.GIT_FILES}
        model = self.write_model(shape)
        self.sign(self.signer, model, "--no-ignore-git-paths")
        self.assert_signed(*shape)
        self.assert_accepts(self.verifier, model, "--no-ignore-git-paths")
        (model / ".git" / "HEAD").write_bytes(b"changed")
        self.assert_rejects(self.verifier, CHANGED, model, "--no-ignore-git-paths")

    def test_unsigned_files_can_be_ignored(self) -> None:
        model = self.write_model(models.FLAT)
        self.sign(self.signer, model)
        (model / "unsigned").write_bytes(b"")
        self.assert_rejects(self.verifier, EXTRA, model)
        self.assert_accepts(self.verifier, model, "--ignore_unsigned_files")
        (model / "config.json").write_bytes(b"changed")
        self.assert_rejects(self.verifier, CHANGED, model, "--ignore_unsigned_files")


class WeIgnore(IgnoredPaths, InteropCase):
    signer, verifier = HALLMARK, REFERENCE


class TheyIgnore(IgnoredPaths, InteropCase):
    signer, verifier = REFERENCE, HALLMARK


class Differences(InteropCase):
    """Where the reference does something else, and why we do not."""

    def test_signed_git_names_need_no_flag_from_our_verifier_but_from_theirs(self) -> None:
        model = self.write_model({**models.FLAT, **models.GIT_FILES})
        for signer in (HALLMARK, REFERENCE):
            with self.subTest(signer=signer.name):
                self.sign(signer, model, "--no-ignore-git-paths")
                self.assert_accepts(HALLMARK, model)
                self.assert_rejects(REFERENCE, MISSING, model)

    def test_ignored_path_outside_the_model_is_an_error_of_ours_but_dropped_by_theirs(
        self,
    ) -> None:
        self.write_model(models.FLAT)
        (self.folder / "outside").write_bytes(b"")
        options = ("--ignore-paths", "outside")
        self.assert_refuses_to_sign(HALLMARK, "[path_outside_model]", "model", *options, status=2)
        self.sign(REFERENCE, "model", *options)
        self.assert_accepts(HALLMARK, "model")

    def test_link_can_be_ignored_by_us_but_not_by_reference_1_1_1(self) -> None:
        model = self.write_model(models.FLAT)
        (model / "link").symlink_to("config.json")
        options = ("--ignore-paths", "model/link")
        self.assert_refuses_to_sign(REFERENCE, "it is a symlink", "model", *options)
        self.sign(HALLMARK, "model", *options)
        self.assert_signed(*models.FLAT)
        self.assert_accepts(HALLMARK, "model")
        (model / "link").unlink()
        self.assert_accepts(REFERENCE, "model")

    def test_ignoring_never_excuses_a_missing_signed_file_of_ours_or_theirs(self) -> None:
        model = self.write_model(models.FLAT)
        (model / "config.json").unlink()
        for signer in (HALLMARK, REFERENCE):
            with self.subTest(signer=signer.name):
                (model / "config.json").write_bytes(b"{}")
                self.sign(signer, "model")
                (model / "config.json").unlink()
                ignored = ("--ignore-paths", "model/config.json")
                self.assert_both_reject(MISSING, "model", *ignored)

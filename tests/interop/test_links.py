"""Symbolic links: refused by default, followed on request."""

from pathlib import Path

import models
from bundles import read_statement
from interop_case import CHANGED, EXTRA, MISSING, InteropCase, Rejection
from peers import HALLMARK, REFERENCE, Peer

ALLOW = "--allow_symlinks"
LINK = Rejection("symlink_refused", "it is a symlink")


class Links:
    """The same tests for both directions: links to files within the model."""

    signer: Peer
    verifier: Peer

    def model_with_links(self) -> Path:
        model = self.write_model(models.NESTED)
        (model / "link.bin").symlink_to("weights/part-1.bin")
        (model / "a" / "up.md").symlink_to("../README.md")
        (model / "chained.bin").symlink_to("link.bin")
        return model

    def test_links_to_files(self) -> None:
        model = self.model_with_links()
        self.sign(self.signer, model, ALLOW)
        self.assert_signed(*models.NESTED, "link.bin", "a/up.md", "chained.bin")
        self.assertIs(
            read_statement(self.signature)["predicate"]["serialization"]["allow_symlinks"], True
        )
        self.assert_accepts(self.verifier, model, ALLOW)

    def test_target_is_changed(self) -> None:
        model = self.model_with_links()
        self.sign(self.signer, model, ALLOW)
        (model / "link.bin").unlink()
        (model / "link.bin").symlink_to("weights/part-2.bin")
        self.assert_rejects(self.verifier, CHANGED, model, ALLOW)

    def test_links_become_copies(self) -> None:
        model = self.model_with_links()
        self.sign(self.signer, model, ALLOW)
        for name in ("link.bin", "a/up.md", "chained.bin"):
            content = (model / name).read_bytes()
            (model / name).unlink()
            (model / name).write_bytes(content)
        self.assert_accepts(self.verifier, model)

    def test_file_becomes_an_allowed_link(self) -> None:
        model = self.write_model(models.NESTED)
        (model / "copy.md").write_bytes(models.NESTED["README.md"])
        self.sign(self.signer, model)
        (model / "copy.md").unlink()
        (model / "copy.md").symlink_to("README.md")
        self.assert_rejects(self.verifier, LINK, model)
        self.assert_accepts(self.verifier, model, ALLOW)

    def test_links_are_refused_by_default(self) -> None:
        model = self.model_with_links()
        message = "[symlink_refused]" if self.signer is HALLMARK else LINK.theirs
        self.assert_refuses_to_sign(self.signer, message, model)

    def test_broken_link_is_refused(self) -> None:
        model = self.write_model(models.FLAT)
        (model / "broken").symlink_to("nowhere")
        self.assert_refuses_to_sign(self.signer, "broken", model, ALLOW)


class WeFollowLinks(Links, InteropCase):
    signer, verifier = HALLMARK, REFERENCE


class TheyFollowLinks(Links, InteropCase):
    signer, verifier = REFERENCE, HALLMARK


class Differences(InteropCase):
    """Where the reference does something else, and why we do not."""

    def test_allowed_links_need_no_flag_from_our_verifier_but_from_theirs(self) -> None:
        model = self.write_model(models.FLAT)
        (model / "link").symlink_to("config.json")
        for signer in (HALLMARK, REFERENCE):
            with self.subTest(signer=signer.name):
                self.sign(signer, model, ALLOW)
                self.assert_accepts(HALLMARK, model)
                self.assert_rejects(REFERENCE, LINK, model)

    def test_content_behind_a_linked_folder_is_signed_by_us_but_skipped_by_reference(self) -> None:
        model = self.write_model(models.NESTED)
        (model / "linked").symlink_to("weights")
        names = ("linked/part-1.bin", "linked/part-2.bin")
        self.sign(HALLMARK, model, ALLOW)
        self.assert_signed(*models.NESTED, *names)
        self.assert_accepts(HALLMARK, model)
        self.assert_rejects(REFERENCE, MISSING, model, ALLOW)
        self.sign(REFERENCE, model, ALLOW)
        self.assert_signed(*models.NESTED)
        self.assert_accepts(REFERENCE, model, ALLOW)
        self.assert_rejects(HALLMARK, EXTRA, model)

    def test_link_out_of_the_model_is_refused_by_us_but_followed_by_reference(self) -> None:
        model = self.write_model(models.FLAT)
        outside = self.folder / "outside.bin"
        outside.write_bytes(b"outside")
        (model / "link").symlink_to(outside)
        self.assert_refuses_to_sign(HALLMARK, "[symlink_outside]", model, ALLOW)
        self.sign(REFERENCE, model, ALLOW)
        self.assert_accepts(REFERENCE, model, ALLOW)
        self.assert_rejects(HALLMARK, Rejection("symlink_outside", ""), model, ALLOW)

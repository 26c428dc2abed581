"""What `model_signing` of one signs that of the other verifies."""

from pathlib import Path

import models
from drop_in_case import DropInCase
from peers import DROP_IN, REFERENCE, Argument, Peer


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

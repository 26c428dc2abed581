"""Root digests: ours in both orders against those in the statements."""

from pathlib import Path

import models
from bundles import root_digest, signed_names
from interop_case import InteropCase
from peers import HALLMARK, REFERENCE

AS_REFERENCE = ("--compat", "reference")


class RootDigests(InteropCase):
    """The reference orders by path components, OMS v1.0 by whole names."""

    def digest(self, model: Path, *options: str) -> str:
        result = HALLMARK.run("digest", model, *options)
        self.assertEqual(result.returncode, 0, result.stderr)
        algorithm, _, value = result.stdout.strip().partition(":")
        self.assertEqual(algorithm, "sha256")
        return value

    def assert_digests_agree(self, model: Path) -> None:
        self.sign(HALLMARK, model)
        self.assertEqual(self.digest(model), root_digest(self.signature))
        self.sign(REFERENCE, model)
        self.assertEqual(self.digest(model, *AS_REFERENCE), root_digest(self.signature))

    def assert_orders_differ(self, model: Path) -> None:
        self.assertNotEqual(self.digest(model), self.digest(model, *AS_REFERENCE))

    def test_orders_differ(self) -> None:
        model = self.write_model(models.ORDERS_DIFFER)
        self.assert_orders_differ(model)
        self.assert_digests_agree(model)

    def test_orders_differ_deep_in_the_model(self) -> None:
        names = ("x/y/a/b", "x/y/a.txt", "x/y/a-b", "x/y/a/b.c", "x/y.z", "x/y/z")
        model = self.write_model({name: name.encode() for name in names})
        self.assert_orders_differ(model)
        self.assert_digests_agree(model)

    def test_odd_names(self) -> None:
        names = [name[:100] for name in models.ODD_NAMES if "/" not in name]
        folders = {f"{name}/x": f"folder {name}".encode() for name in names}
        files = {f"{name}!": f"file {name}".encode() for name in names}
        model = self.write_model({**folders, **files})
        self.assert_orders_differ(model)
        self.assert_digests_agree(model)

    def test_orders_are_equal(self) -> None:
        model = self.write_model(models.FLAT)
        self.assertEqual(self.digest(model), self.digest(model, *AS_REFERENCE))
        self.assert_digests_agree(model)

    def test_single_file(self) -> None:
        model = self.folder / "weights.bin"
        model.write_bytes(b"weights")
        self.assert_digests_agree(model)

    def test_ignored_paths(self) -> None:
        model = self.write_model({**models.ORDERS_DIFFER, **models.GIT_FILES, "logs/1": b"1"})
        ignored = ("--ignore-paths", model / "logs")
        self.sign(REFERENCE, model, *ignored)
        self.assertEqual(
            self.digest(model, *AS_REFERENCE, *ignored), root_digest(self.signature)
        )
        self.assertNotEqual(self.digest(model, *AS_REFERENCE), root_digest(self.signature))

    def test_each_writes_its_order_and_both_accept_both(self) -> None:
        model = self.write_model(models.ORDERS_DIFFER)
        self.sign(HALLMARK, model)
        self.assertEqual(signed_names(self.signature), sorted(models.ORDERS_DIFFER))
        self.assert_both_accept(model)
        self.sign(REFERENCE, model)
        by_components = sorted(models.ORDERS_DIFFER, key=lambda name: name.split("/"))
        self.assertEqual(signed_names(self.signature), by_components)
        self.assert_both_accept(model)

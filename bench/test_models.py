"""Models on disk have the sizes that were asked for, and are kept while they do."""

import tempfile
import unittest
from pathlib import Path

from models import MEBIBYTE, Model, decimal_size_text, size_text, uniform


class ModelsTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "model"

    def sizes(self) -> list[int]:
        return [path.stat().st_size for path in sorted(self.folder.rglob("*.bin"))]

    def test_makes_as_many_files_of_that_size(self) -> None:
        uniform(self.folder, 17, 1000).make()
        self.assertEqual(self.sizes(), [1000] * 17)

    def test_fills_files_beyond_a_piece_to_their_end(self) -> None:
        uniform(self.folder, 1, 2 * MEBIBYTE + 5).make()
        self.assertEqual(self.sizes(), [2 * MEBIBYTE + 5])

    def test_sparse_files_take_no_room(self) -> None:
        model = uniform(self.folder, 1, 64 * MEBIBYTE, sparse=True)
        model.make()
        self.assertEqual(self.sizes(), [64 * MEBIBYTE])
        self.assertLess(model.files[0].stat().st_blocks * 512, MEBIBYTE)

    def test_keeps_what_is_right_and_replaces_the_rest(self) -> None:
        model = uniform(self.folder, 2, 10)
        model.make()
        first = model.files[0].stat().st_ino, model.files[0].read_bytes()
        model.make()
        self.assertEqual((model.files[0].stat().st_ino, model.files[0].read_bytes()), first)
        uniform(self.folder, 3, 11).make()
        self.assertEqual(self.sizes(), [11] * 3)

    def test_adds_up_its_size(self) -> None:
        self.assertEqual(Model("a", self.folder, {"a": 1, "b/c": 2}).size, 3)


class SizeTextTest(unittest.TestCase):
    def test_takes_the_largest_unit_that_is_reached(self) -> None:
        wanted = {12: "12 B", 4096: "4 KiB", 512 << 20: "512 MiB", 4 << 30: "4 GiB"}
        for size, text in wanted.items():
            self.assertEqual(size_text(size), text)

    def test_counts_in_thousands_where_it_is_asked_to(self) -> None:
        for size, text in ((8000, "8 KB"), (355e6, "355 MB"), (6.5e9, "6.5 GB")):
            self.assertEqual(decimal_size_text(size), text)


if __name__ == "__main__":
    unittest.main()

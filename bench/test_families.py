"""The families have the sizes that their table states."""

import tempfile
import unittest
from pathlib import Path

import families
from models import decimal_size_text


class FamiliesTest(unittest.TestCase):
    def test_have_the_sizes_of_the_models_they_stand_for(self) -> None:
        wanted = {
            families.onnx: "8 KB",
            families.pytorch_hub: "355 MB",
            families.tf_hub: "2.8 GB",
            families.bert: "6.5 GB",
            families.sharded_7b: "27 GB",
        }
        for family, size in wanted.items():
            with self.subTest(family.__name__):
                total = sum(family().values())
                self.assertEqual(decimal_size_text(float(f"{total:.3g}")), size)

    def test_the_large_one_is_made_on_demand(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            made = families.make_families(Path(folder), 0.001, large=False)
            self.assertEqual(len(made), 4)
            self.assertEqual(len(families.make_families(Path(folder), 0.001, large=True)), 5)
            self.assertTrue(all(path.is_file() for model in made for path in model.files))


if __name__ == "__main__":
    unittest.main()

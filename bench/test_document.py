"""A run leaves a page and its chart, and says when its figures are not to be published."""

import tempfile
import unittest
from pathlib import Path

from chart import Bar
from document import Results, markdown, write
from tables import Table


def results(scale: float = 1, foreign_load: float = 0.01) -> Results:
    table = Table(("a", "b"), [["1", "2"]])
    return Results("Machine: a processor.", scale, table, table, [Bar("a", 2)], foreign_load)


class DocumentTest(unittest.TestCase):
    def test_names_the_machine_and_holds_both_tables(self) -> None:
        text = markdown(results())
        self.assertIn("Machine: a processor.", text)
        self.assertEqual(text.count("| a | b |\n|---|---|\n| 1 | 2 |"), 2)
        self.assertNotIn("not to be published", text)

    def test_warns_of_what_was_measured_under_load(self) -> None:
        self.assertIn("Others used 30% of the machine", markdown(results(foreign_load=0.3)))

    def test_warns_of_scaled_sizes(self) -> None:
        self.assertIn("Sizes are scaled by 0.02", markdown(results(scale=0.02)))

    def test_writes_the_page_and_the_chart_that_it_shows(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "performance"
            write(results(), folder)
            self.assertIn("(ratios.svg)", (folder / "README.md").read_text())
            self.assertTrue((folder / "ratios.svg").read_text().startswith("<svg"))


if __name__ == "__main__":
    unittest.main()

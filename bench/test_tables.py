"""Tables are Markdown whose rows have a cell for each column."""

import unittest
from pathlib import Path

from cases import Case
from clients import GO_CLIENT, HALLMARK, REFERENCE
from measure import Round, Row, Sampling
from models import Model
from tables import (
    CASE_HEAD,
    FAMILY_HEAD,
    Table,
    case_cells,
    family_cells,
    line,
    ratio_text,
    seconds_text,
)
from targets import Target


def sampling(ours: float, theirs: float, **others: float) -> Sampling:
    seconds = {HALLMARK: ours, REFERENCE: theirs, **others}
    peaks = {column: 9_000_000 for column in seconds}
    return Sampling([Round(seconds, 0.02)] * 5, peaks)


CASE = Case("8 x 512 MiB", Row({}), Target(2.2, ceiling=0.85), ceiling=0.9)


class CaseCellsTest(unittest.TestCase):
    def test_fill_every_column(self) -> None:
        cells = case_cells(CASE, sampling(1.0, 2.5), at_full_size=True)
        self.assertEqual(len(cells), len(CASE_HEAD))
        self.assertEqual(
            cells,
            [
                *("8 x 512 MiB", "1.00 s", "2.50 s", "-", "2.50x", "90%", "9 MB", "9 MB"),
                *("2.2x met; 85% of the ceiling met", "5, 2%"),
            ],
        )

    def test_the_go_client_has_its_own_column(self) -> None:
        cells = case_cells(CASE, sampling(1.0, 2.5, **{GO_CLIENT: 3.6}), at_full_size=True)
        self.assertEqual(cells[CASE_HEAD.index(GO_CLIENT)], "3.60 s")

    def test_a_scaled_down_case_is_not_judged(self) -> None:
        cells = case_cells(CASE, sampling(1.0, 1.0), at_full_size=False)
        self.assertEqual(cells[CASE_HEAD.index("target")], "2.2x; 85% of the ceiling")

    def test_a_case_of_one_size_is_always_judged(self) -> None:
        tiny = Case("3 x 1 KiB", Row({}), Target(80), is_scaled=False)
        cells = case_cells(tiny, sampling(0.004, 0.4), at_full_size=False)
        self.assertEqual(cells[CASE_HEAD.index("target")], "80x met")
        self.assertEqual(cells[CASE_HEAD.index("of the ceiling")], "-")


class FamilyCellsTest(unittest.TestCase):
    def test_fill_every_column(self) -> None:
        model = Model("ONNX file", Path("onnx"), {"a.onnx": 8000})
        cells = family_cells(model, "sign", sampling(0.004, 0.5))
        self.assertEqual(len(cells), len(FAMILY_HEAD))
        self.assertEqual(cells[:4], ["ONNX file", "8 KB", "1", "sign"])


class TextTest(unittest.TestCase):
    def test_three_digits_of_seconds_count(self) -> None:
        wanted = {0.00433: "4.33 ms", 0.1234: "123 ms", 0.9996: "1.00 s", 3.834: "3.83 s"}
        for seconds, text in {**wanted, 12.34: "12.3 s"}.items():
            self.assertEqual(seconds_text(seconds), text)

    def test_ratios_have_decimals_where_they_matter(self) -> None:
        for ratio, text in ((1.254, "1.25x"), (35.4, "35x"), (1234, "1,234x")):
            self.assertEqual(ratio_text(ratio), text)

    def test_a_bar_in_a_cell_does_not_end_it(self) -> None:
        self.assertEqual(line(["a|b", "c"]), "| a\\|b | c |")

    def test_a_table_has_its_head_and_a_rule(self) -> None:
        self.assertEqual(
            Table(("a", "b"), [["1", "2"]]).lines(), ["| a | b |", "|---|---|", "| 1 | 2 |"]
        )


if __name__ == "__main__":
    unittest.main()

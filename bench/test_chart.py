"""The chart is well-formed SVG whose bars have the lengths of their logarithms."""

import unittest
import xml.etree.ElementTree as ElementTree

from chart import Bar, bar_chart

SVG = "{http://www.w3.org/2000/svg}"


def bars_of(chart: str) -> list[ElementTree.Element]:
    rectangles = ElementTree.fromstring(chart).iter(f"{SVG}rect")
    return [one for one in rectangles if one.get("class") in ("bar", "slower")]


def texts_of(chart: str, kind: str) -> list[str | None]:
    root = ElementTree.fromstring(chart)
    return [one.text for one in root.iter(f"{SVG}text") if one.get("class") == kind]


class ChartTest(unittest.TestCase):
    def test_ten_times_as_quick_is_one_step_longer(self) -> None:
        chart = bar_chart("t", [Bar("a", 10), Bar("b", 100)])
        short, long = (float(bar.get("width", "0")) for bar in bars_of(chart))
        self.assertAlmostEqual(2 * short, long, delta=0.2)

    def test_names_and_values_stand_beside_the_bars(self) -> None:
        chart = bar_chart("how quick", [Bar("8 x 512 MiB", 2.345), Bar("tiny", 94.4)])
        self.assertEqual(texts_of(chart, "title"), ["how quick"])
        self.assertEqual(texts_of(chart, "label"), ["8 x 512 MiB", "tiny"])
        self.assertEqual(texts_of(chart, "value"), ["2.35x", "94x"])
        self.assertEqual(texts_of(chart, "scale"), ["1x", "10x", "100x"])

    def test_what_is_slower_has_another_colour(self) -> None:
        kinds = [bar.get("class") for bar in bars_of(bar_chart("t", [Bar("a", 0.5), Bar("b", 2)]))]
        self.assertEqual(kinds, ["slower", "bar"])

    def test_every_bar_is_within_the_picture(self) -> None:
        chart = bar_chart("t", [Bar(str(number), 10.0**number) for number in range(4)])
        box = ElementTree.fromstring(chart).get("viewBox", "").split()
        for bar in bars_of(chart):
            self.assertLess(float(bar.get("x", "0")) + float(bar.get("width", "0")), float(box[2]))
            self.assertLess(float(bar.get("y", "0")) + float(bar.get("height", "0")), float(box[3]))

    def test_markup_in_names_stays_text(self) -> None:
        self.assertEqual(texts_of(bar_chart("t", [Bar("a<b> & c", 2)]), "label"), ["a<b> & c"])

    def test_nothing_measured_is_an_empty_chart(self) -> None:
        self.assertEqual(bars_of(bar_chart("t", [])), [])


if __name__ == "__main__":
    unittest.main()
